package io.millrace.operators.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Control;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypesTest {
  private static final TypeSerializer<Click> CLICKS = EventTypes.CLICK.serializer();
  private static final TypeSerializer<DeadLetter> LETTERS = EventTypes.DEAD_LETTER.serializer();

  private static DeadLetter letter(int payloadBytes) {
    InvalidEventException fault =
        new InvalidEventException(Reason.INVALID_CONTROL, "price", "price is -1; send more");
    byte[] payload = new byte[payloadBytes];
    Arrays.fill(payload, (byte) 0xA5);
    return DeadLetter.of("clickstream", 300, 1L << 40, payload, fault, 1_763_985_000_000L);
  }

  /** A type and values of it. */
  record Typed<T>(FlatTypeInfo<T> type, Function<RandomEvents, T> values) {}

  static Stream<Named<Typed<?>>> types() {
    return Stream.of(
        named("click", new Typed<>(EventTypes.CLICK, RandomEvents::click)),
        named("order", new Typed<>(EventTypes.ORDER, RandomEvents::order)),
        named("item", new Typed<>(EventTypes.CATALOG_ITEM, RandomEvents::item)),
        named("control", new Typed<>(EventTypes.CONTROL, RandomEvents::control)),
        named("erasure", new Typed<>(EventTypes.ERASURE, RandomEvents::erasure)),
        named("receipt", new Typed<>(EventTypes.ERASURE_RECEIPT, RandomEvents::receipt)));
  }

  @ParameterizedTest
  @MethodSource("types")
  <T> void valuesRoundTrip(Typed<T> typed) throws Exception {
    long seed = 4711;
    RandomEvents random = new RandomEvents(seed);
    for (int i = 0; i < 1_000; i++) {
      T value = typed.values().apply(random);
      assertThat(Snapshots.roundTrip(typed.type().serializer(), value))
          .as("seed %d, %d", seed, i)
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <T> void checkpointsRestore(Typed<T> typed) throws Exception {
    Snapshots.assertRestores(typed.type().serializer(), typed.values().apply(new RandomEvents(1)));
  }

  @ParameterizedTest
  @MethodSource("types")
  <T> void typesShipWithTheJob(Typed<T> typed) throws Exception {
    FlatTypeInfo<T> shipped = InstantiationUtil.clone(typed.type());

    assertThat(shipped).isEqualTo(typed.type()).hasSameHashCodeAs(typed.type());
    assertThat(shipped).isNotEqualTo(EventTypes.DEAD_LETTER);
    assertThat(shipped.createSerializer(new SerializerConfigImpl()))
        .isEqualTo(typed.type().serializer());
    assertThat(shipped.getTypeClass()).isEqualTo(typed.type().getTypeClass());
  }

  @Test
  void aClickWithoutDetailsSharesTheEmptyOnes() throws Exception {
    Click click = Click.view("e", 1, "v", "i");

    assertThat(Snapshots.roundTrip(CLICKS, click).details()).isSameAs(Click.Details.NONE);
    assertThat(Snapshots.bytes(CLICKS, click)).hasSize(13 + "evi".length());
  }

  @Test
  void whatIsEmptyIsShared() throws Exception {
    Order order = Order.became("e", "o", OrderStatus.PAID, 1, "v");
    CatalogItem item = CatalogItem.of("i", null, null);

    Order readOrder = Snapshots.roundTrip(EventTypes.ORDER.serializer(), order);
    CatalogItem readItem = Snapshots.roundTrip(EventTypes.CATALOG_ITEM.serializer(), item);

    assertThat(readOrder.details()).isSameAs(Order.Details.NONE);
    assertThat(readItem.prices()).isSameAs(CatalogItem.Prices.NONE);
    assertThat(readItem.supply()).isSameAs(CatalogItem.Supply.NONE);
  }

  /** These bytes lie in savepoints: a change of them needs a new version that still reads them. */
  private static <T> void assertBytes(FlatTypeInfo<T> type, T value, String bytes)
      throws IOException {
    assertThat(HexFormat.of().formatHex(Snapshots.bytes(type.serializer(), value)))
        .isEqualTo(bytes);
    assertThat(
            type.serializer()
                .deserialize(new DataInputDeserializer(HexFormat.of().parseHex(bytes))))
        .isEqualTo(value);
  }

  @Test
  void readsTheBytesOfAClickInVersionOne() throws Exception {
    Click click =
        new Click(
            "e1",
            ClickType.VIEW_ITEM_LIST,
            1_763_985_000_000L,
            "v",
            null,
            List.of("a", "b"),
            "s",
            new Click.Details(
                null, null, 300, 9.5, null, "EUR", 0, null, null, null, null, null, "µ"));
    String bytes =
        "01" // view_item_list
            + "be8402" // items, session, quantity, price, index, currency, user agent
            + "0000019ab5b30640"
            + "026531"
            + "0176"
            + "0201610162"
            + "0173"
            + "ac02"
            + "4023000000000000"
            + "00"
            + "03455552"
            + "02c2b5";

    assertBytes(EventTypes.CLICK, click, bytes);
  }

  @Test
  void readsTheBytesOfAnOrderInVersionOne() throws Exception {
    Order order =
        new Order(
            "e",
            "o1",
            OrderStatus.CANCELLED,
            1_763_985_000_000L,
            "v",
            null,
            "EUR",
            List.of(new Order.Line("i", 300, 9.5, null), new Order.Line("j", 1, null, "p")),
            new Order.Details(
                19.0,
                null,
                null,
                new Order.Payment(null, "c", null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                5L,
                null,
                "web"));
    String bytes =
        "05" // cancelled
            + "0000019ab5b30640"
            + "0165"
            + "026f31"
            + "0176"
            + "02" // currency
            + "03455552"
            + "02" // lines
            + "010169ac024023000000000000" // with a price
            + "02016a010170" // with a price version
            + "8840" // card id, channel
            + "0163"
            + "03776562"
            + "014033000000000000"
            + "010000000000000005";

    assertBytes(EventTypes.ORDER, order, bytes);
  }

  @Test
  void readsTheBytesOfAnItemInVersionOne() throws Exception {
    CatalogItem item =
        new CatalogItem(
            "i",
            "T",
            "a/b",
            null,
            new TreeMap<>(Map.of("k", "v")),
            CatalogItem.Status.HIDDEN,
            true,
            new CatalogItem.Prices(
                "EUR",
                9.5,
                null,
                true,
                null,
                null,
                null,
                List.of(new CatalogItem.Promotion(1, 2, "sale"))),
            new CatalogItem.Supply(3L, null, null, 4),
            6L);
    String bytes =
        "01" // hidden
            + "03" // adult, cost unknown ok
            + "0169"
            + "0b" // title, category, currency
            + "0154"
            + "03612f62"
            + "03455552"
            + "014023000000000000" // list price
            + "19" // stock, lead time, update
            + "0000000000000003"
            + "0000000000000004"
            + "0000000000000006"
            + "01016b0176"
            + "01"
            + "00000000000000010000000000000002"
            + "010473616c65";

    assertBytes(EventTypes.CATALOG_ITEM, item, bytes);
  }

  @Test
  void readsTheBytesOfAControlInVersionOne() throws Exception {
    Control control =
        new Control(
            "c",
            Control.Kind.BOOST,
            new Control.Target("brand", "b"),
            "ana",
            Control.Value.of(9.5),
            7L);

    assertBytes(
        EventTypes.CONTROL,
        control,
        "040163056272616e64016203616e6100014023000000000000010000000000000007");
  }

  @Test
  void readsTheBytesOfErasuresInVersionOne() throws Exception {
    assertBytes(EventTypes.ERASURE, new Erasure("v", 5), "01760000000000000005");
    assertBytes(
        EventTypes.ERASURE_RECEIPT,
        new ErasureReceipt("v", "job", 5, 6),
        "0176036a6f6200000000000000050000000000000006");
  }

  @Test
  void deadLettersRoundTrip() throws Exception {
    for (int bytes : new int[] {0, 200, DeadLetter.MAX_PAYLOAD_BYTES + 1}) {
      DeadLetter letter = letter(bytes);
      assertThat(Snapshots.roundTrip(LETTERS, letter)).usingRecursiveComparison().isEqualTo(letter);
    }
  }

  @Test
  void checkpointsWithDeadLettersRestore() throws Exception {
    Snapshots.assertRestores(LETTERS, letter(10));
  }

  @Test
  void aClickIsNoDeadLetter() throws Exception {
    @SuppressWarnings({"unchecked", "rawtypes"})
    boolean incompatible =
        CLICKS
            .snapshotConfiguration()
            .resolveSchemaCompatibility((TypeSerializerSnapshot) Snapshots.restored(LETTERS))
            .isIncompatible();

    assertThat(incompatible).isTrue();
  }
}
