package io.millrace.operators.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.OrderRisk;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Control;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.RiskReason;
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
        named("rule", new Typed<>(EventTypes.FRAUD_RULE, RandomEvents::rule)),
        named("label", new Typed<>(EventTypes.FRAUD_LABEL, RandomEvents::label)),
        named("reason", new Typed<>(EventTypes.RISK_REASON, RandomEvents::reason)),
        named("alert", new Typed<>(EventTypes.FRAUD_ALERT, RandomEvents::alert)),
        named("risk", new Typed<>(EventTypes.ORDER_RISK, RandomEvents::risk)),
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
  void readsTheBytesOfRulesInVersionOne() throws Exception {
    FraudRule aggregate =
        new FraudRule(
            "r7",
            3,
            "ana",
            FraudRule.State.SHADOW,
            5L,
            null,
            FraudRule.Entity.CARD,
            FraudRule.Source.ORDERS,
            "guest",
            new FraudRule.Aggregate(FraudRule.Function.SUM, "total", 60_000),
            FraudRule.Comparison.AT_LEAST,
            9.5,
            List.of(),
            null,
            FraudRule.Severity.HIGH,
            FraudRule.Action.REVIEW);
    FraudRule steps =
        new FraudRule(
            "r7",
            3,
            "ana",
            FraudRule.State.ACTIVE,
            null,
            6L,
            FraudRule.Entity.VISITOR,
            null,
            null,
            null,
            null,
            null,
            List.of(new FraudRule.Step(FraudRule.Source.CLICKSTREAM, null, 300)),
            60_000L,
            FraudRule.Severity.LOW,
            FraudRule.Action.BLOCK);

    assertBytes(
        EventTypes.FRAUD_RULE,
        aggregate,
        "01010201" // shadow, card, high, review
            + "0106" // orders, at least
            + "027237"
            + "0000000000000003"
            + "03616e61"
            + "01056775657374"
            + "010000000000000005" // effective from
            + "014023000000000000"
            + "020105746f74616c000000000000ea60" // sum
            + "00");
    assertBytes(
        EventTypes.FRAUD_RULE,
        steps,
        "00000002" // active, visitor, low, block
            + "0000"
            + "027237"
            + "0000000000000003"
            + "03616e61"
            + "00"
            + "060000000000000006000000000000ea60" // expires, within
            + "00"
            + "00"
            + "010100ac02");
  }

  @Test
  void readsTheBytesOfALabelInVersionOne() throws Exception {
    assertBytes(
        EventTypes.FRAUD_LABEL,
        new FraudLabel("o", true, 5, FraudLabel.Source.DISPUTE_WON),
        "016f01000000000000000502");
  }

  @Test
  void readsTheBytesOfAnAlertInVersionOne() throws Exception {
    FraudAlert alert =
        new FraudAlert(
            "a",
            FraudAlert.State.CLOSE,
            300,
            new FraudAlert.Cause(FraudAlert.Cause.Type.MODEL, "m", 41),
            "card:4",
            List.of("v"),
            List.of("o", "p"),
            FraudRule.Severity.CRITICAL,
            FraudRule.Action.BLOCK,
            0.5,
            null,
            9.5,
            List.of(new RiskReason("c", "f", null, 0.5, null)),
            "e",
            List.of("e"),
            5,
            6,
            7,
            8,
            true,
            null);
    String bytes =
        "0201030201" // close, model, critical, block, shadow
            + "0161"
            + "ac02"
            + "016d0000000000000029"
            + "06636172643a34"
            + "010176"
            + "02016f0170"
            + "053fe00000000000004023000000000000" // score, loss
            + "0101630166023fe0000000000000" // the reason, with a baseline
            + "010165"
            + "00000000000000050000000000000006"
            + "00000000000000070000000000000008"
            + "010165";

    assertBytes(EventTypes.FRAUD_ALERT, alert, bytes);
    assertBytes(EventTypes.RISK_REASON, alert.reasons().get(0), "01630166023fe0000000000000");
  }

  @Test
  void readsTheBytesOfTheRiskOfAnOrderInVersionOne() throws Exception {
    OrderRisk risk =
        new OrderRisk(
            "o",
            "e",
            5,
            "v",
            0.5,
            Band.HIGH,
            FraudRule.Action.REVIEW,
            "m",
            41L,
            List.of("r@3"),
            List.of(new RiskReason("c", "f", 0.5, null, null)));

    assertBytes(
        EventTypes.ORDER_RISK,
        risk,
        "0201" // high, review
            + "0000000000000005"
            + "016f01650176"
            + "013fe0000000000000"
            + "01016d"
            + "010000000000000029"
            + "0103724033"
            + "0101630166013fe0000000000000");
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
