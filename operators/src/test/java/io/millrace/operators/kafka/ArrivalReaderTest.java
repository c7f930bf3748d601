package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.operators.types.EventTypes;
import java.util.Random;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ArrivalReaderTest {
  private static final Click CLICK = Click.view("e", START - 50, "v", "i");

  private final ManualTime time = new ManualTime();
  private final ArrivalReader<Click> reader = ArrivalReader.of(EventTopic.clickstream(), time);

  private static ConsumerRecord<byte[], byte[]> message(byte[] payload, long logged) {
    return Messages.of("clickstream", "v".getBytes(UTF_8), payload, logged);
  }

  @Test
  void readsAClickWithItsPlaceAndTimes() {
    assertThat(Messages.read(reader, message(ClickCodec.encode(CLICK), START - 20)))
        .isEqualTo(Arrival.of(CLICK, 3, START - 50, START - 20));
  }

  @Test
  void takesTheClockWhereTheLogHasNoSensibleTime() {
    byte[] payload = ClickCodec.encode(CLICK);

    assertThat(Messages.read(reader, message(payload, ConsumerRecord.NO_TIMESTAMP)).origin())
        .isEqualTo(START);
    assertThat(Messages.read(reader, message(payload, START / 1_000)).origin()).isEqualTo(START);
  }

  @Test
  void makesADeadLetterOfWhatCannotBeRead() {
    byte[] payload = "{\"event_id\":".getBytes(UTF_8);

    Arrival<Click> arrival = Messages.read(reader, message(payload, START - 20));

    assertThat(arrival.isEvent()).isFalse();
    assertThat(arrival.origin()).isEqualTo(START - 20);
    DeadLetter letter = arrival.deadLetter();
    assertThat(letter.topic()).isEqualTo("clickstream");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.offset()).isEqualTo(42);
    assertThat(letter.reason()).isEqualTo(Reason.MALFORMED_JSON);
    assertThat(letter.payload()).isEqualTo(payload);
    assertThat(letter.receivedAt()).isEqualTo(START);
  }

  @Test
  void makesADeadLetterOfATombstone() {
    assertThat(Messages.read(reader, message(null, START)).deadLetter().reason())
        .isEqualTo(Reason.MALFORMED_JSON);
  }

  @Test
  void survivesAFaultOfTheParser() {
    EventTopic<Click> broken =
        new EventTopic<>(
            "clickstream",
            (key, payload) -> {
              throw new IllegalStateException("out of luck");
            },
            Click::eventTime,
            EventTypes.CLICK);

    Arrival<Click> arrival =
        Messages.read(ArrivalReader.of(broken, time), message(new byte[] {1}, START));

    assertThat(arrival.deadLetter().detail()).contains("out of luck");
    assertThat(arrival.deadLetter().payload()).containsExactly(1);
  }

  @Test
  void givesTheParserTheKey() {
    EventTopic<Click> keyed =
        new EventTopic<>(
            "clickstream",
            (key, payload) -> {
              throw new InvalidEventException(
                  Reason.KEY_MISMATCH, "visitor_id", "the key is " + new String(key, UTF_8));
            },
            Click::eventTime,
            EventTypes.CLICK);

    assertThat(
            Messages.read(ArrivalReader.of(keyed, time), message(null, START))
                .deadLetter()
                .detail())
        .isEqualTo("the key is v");
  }

  @Test
  void neverThrowsOnRandomBytes() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      byte[] payload = new byte[random.nextInt(100)];
      random.nextBytes(payload);
      assertThat(Messages.read(reader, message(payload, START)).isEvent()).isFalse();
    }
  }

  @Test
  void shipsWithTheJob() throws Exception {
    ArrivalReader<Click> shipped =
        InstantiationUtil.clone(
            ArrivalReader.of(EventTopic.clickstream(), java.time.Clock.systemUTC()));

    assertThat(Messages.read(shipped, message(ClickCodec.encode(CLICK), START)).event())
        .isEqualTo(CLICK);
    assertThat(shipped.getProducedType()).isEqualTo(Arrival.typeInfo(EventTypes.CLICK));
  }
}
