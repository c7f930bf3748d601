package io.millrace.operators.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

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

  @Test
  void clicksRoundTrip() throws Exception {
    long seed = 4711;
    RandomClicks clicks = new RandomClicks(seed);
    for (int i = 0; i < 2_000; i++) {
      Click click = clicks.next();
      assertThat(Snapshots.roundTrip(CLICKS, click)).as("seed %d, %d", seed, i).isEqualTo(click);
    }
  }

  @Test
  void aClickWithoutDetailsSharesTheEmptyOnes() throws Exception {
    Click click = Click.view("e", 1, "v", "i");

    assertThat(Snapshots.roundTrip(CLICKS, click).details()).isSameAs(Click.Details.NONE);
    assertThat(Snapshots.bytes(CLICKS, click)).hasSize(13 + "evi".length());
  }

  /** These bytes lie in savepoints: a change of them needs a new version that still reads them. */
  @Test
  void readsTheBytesOfVersionOne() throws Exception {
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

    assertThat(HexFormat.of().formatHex(Snapshots.bytes(CLICKS, click))).isEqualTo(bytes);
    assertThat(CLICKS.deserialize(new DataInputDeserializer(HexFormat.of().parseHex(bytes))))
        .isEqualTo(click);
  }

  @Test
  void deadLettersRoundTrip() throws Exception {
    for (int bytes : new int[] {0, 200, DeadLetter.MAX_PAYLOAD_BYTES + 1}) {
      DeadLetter letter = letter(bytes);
      assertThat(Snapshots.roundTrip(LETTERS, letter)).usingRecursiveComparison().isEqualTo(letter);
    }
  }

  @Test
  void checkpointsRestore() throws Exception {
    Snapshots.assertRestores(CLICKS, new RandomClicks(1).next());
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

  @Test
  void typesShipWithTheJob() throws Exception {
    FlatTypeInfo<Click> shipped = InstantiationUtil.clone(EventTypes.CLICK);

    assertThat(shipped).isEqualTo(EventTypes.CLICK).hasSameHashCodeAs(EventTypes.CLICK);
    assertThat(shipped).isNotEqualTo(EventTypes.DEAD_LETTER);
    assertThat(shipped.createSerializer(new SerializerConfigImpl())).isEqualTo(CLICKS);
    assertThat(shipped.getTypeClass()).isEqualTo(Click.class);
  }
}
