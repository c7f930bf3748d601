package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.InvalidEventException.Reason;
import java.time.Duration;
import org.apache.flink.api.connector.source.SourceOutput;
import org.junit.jupiter.api.Test;

/** The watermarks of a source of several partitions, as Flink's source operator combines them. */
class ArrivalWatermarksTest {
  private final ManualTime time = new ManualTime();
  private final SourceHarness<Click> source =
      new SourceHarness<>(new ArrivalWatermarks<>(EventTimeSettings.DEFAULT, time), time);

  @Test
  void anEmptyPartitionHoldsBackTheOthersForAShortWhileOnly() {
    SourceOutput<Arrival<Click>> busy = source.partition("clickstream-0");
    source.partition("clickstream-1");
    for (int i = 0; i < 4; i++) {
      busy.collect(Arrivals.click(0, time.millis()));
      source.silence(Duration.ofSeconds(1));
    }
    assertThat(source.watermark()).isEqualTo(Long.MIN_VALUE);

    for (int i = 0; i < 4; i++) {
      busy.collect(Arrivals.click(0, time.millis()));
      source.silence(Duration.ofSeconds(1));
    }
    assertThat(source.watermark()).isEqualTo(START + 7_000 - 5_000 - 1);
  }

  @Test
  void theSlowestPartitionSetsTheTime() {
    SourceOutput<Arrival<Click>> ahead = source.partition("clickstream-0");
    SourceOutput<Arrival<Click>> behind = source.partition("clickstream-1");
    ahead.collect(Arrivals.click(0, START));
    behind.collect(Arrivals.click(1, START - 90_000));
    source.silence(Duration.ofMillis(200));

    assertThat(source.watermark()).isEqualTo(START - 90_000 - 5_000 - 1);
  }

  @Test
  void silenceEverywhereMovesTimeWithTheClock() {
    SourceOutput<Arrival<Click>> first = source.partition("clickstream-0");
    source.partition("clickstream-1");
    source.silence(Duration.ofSeconds(5));
    first.collect(Arrivals.click(0, START - 10_000));

    source.silence(Duration.ofSeconds(30));
    assertThat(source.isIdle()).isTrue();
    assertThat(source.watermark()).isEqualTo(START - 10_000 - 5_000 - 1);

    source.silence(Duration.ofSeconds(60));
    assertThat(source.isIdle()).isFalse();
    assertThat(source.watermark()).isEqualTo(time.millis() - 5_000 - 1);
  }

  @Test
  void aSourceWithoutAnEventOnlyGoesIdle() {
    source.partition("clickstream-0");
    source.silence(Duration.ofMinutes(10));

    assertThat(source.isIdle()).isTrue();
    assertThat(source.watermark()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aSubtaskWithoutPartitionsOnlyGoesIdle() {
    source.silence(Duration.ofMinutes(10));

    assertThat(source.isIdle()).isTrue();
    assertThat(source.watermark()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void recordsCarryTheirEventTime() {
    SourceOutput<Arrival<Click>> partition = source.partition("clickstream-0");
    partition.collect(Arrivals.click(0, START - 7, START), START);
    partition.collect(Arrivals.deadLetter(0, Reason.WRONG_TYPE, START + 1), START + 1);

    assertThat(source.timestamps()).containsExactly(START - 7, START + 1);
  }
}
