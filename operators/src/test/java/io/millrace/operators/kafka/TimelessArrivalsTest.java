package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import java.time.Duration;
import org.apache.flink.api.connector.source.SourceOutput;
import org.junit.jupiter.api.Test;

class TimelessArrivalsTest {
  private final ManualTime time = new ManualTime();
  private final SourceHarness<Click> source = new SourceHarness<>(new TimelessArrivals<>(), time);

  @Test
  void aSourceIsIdleFromTheFirstLook() {
    source.look();

    assertThat(source.isIdle()).isTrue();
  }

  @Test
  void aSourceWithPartitionsIsIdleFromTheFirstLook() {
    source.partition("catalog-0");
    source.partition("catalog-1");
    source.look();

    assertThat(source.isIdle()).isTrue();
  }

  @Test
  void neitherMessagesNorPartitionsFoundLaterEndTheIdleness() {
    SourceOutput<Arrival<Click>> first = source.partition("catalog-0");
    source.look();
    for (int i = 0; i < 10; i++) {
      first.collect(Arrivals.click(0, time.millis()), time.millis());
      assertThat(source.isIdle()).isTrue();
      SourceOutput<Arrival<Click>> found = source.partition("catalog-" + (1 + i));
      found.collect(Arrivals.click(1 + i, time.millis()), time.millis());
      assertThat(source.isIdle()).isTrue();
      source.look();
      assertThat(source.isIdle()).isTrue();
    }
    source.silence(Duration.ofMinutes(10));

    assertThat(source.isIdle()).isTrue();
    assertThat(source.watermark()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void recordsCarryTheTimeOfTheLog() {
    source.partition("catalog-0").collect(Arrivals.click(0, START - 7, START), START - 100);

    assertThat(source.timestamps()).containsExactly(START);
  }
}
