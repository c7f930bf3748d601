package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileReportTest {
  private final ProfileReport report = new ProfileReport("made up");

  @Test
  void marksWhatIsMissed() {
    fill(600, 4.5);
    assertThat(report.figures().stream().filter(Figure::misses).map(Figure::metric))
        .containsExactly("p99 ms, Kafka to Redis", "times the cost", "times the cost");
  }

  @Test
  void passesWhatIsReachedBesideItsPeers() {
    fill(400, 3);
    List<Figure> figures = report.figures();
    assertThat(figures).noneMatch(Figure::misses);
    assertThat(figures.get(0).metric()).isEqualTo("events/s");
    assertThat(figures.get(0).published()).containsEntry("algebra alone, one thread", 2_000.0);
    assertThat(figures)
        .anySatisfy(
            figure -> {
              assertThat(figure.mode()).isEqualTo("100 features");
              assertThat(figure.published()).containsEntry("as shipped", 1_000.0);
            })
        .anySatisfy(
            figure -> {
              assertThat(figure.metric()).isEqualTo("bytes of a profile with 512 events");
              assertThat(figure.value()).isEqualTo(9_000);
            });
  }

  private void fill(long p99, double ratio) {
    report.loop = done(2_000);
    report.job = done(1_000);
    report.pace = Pace.halfOf(report.job);
    report.delays = new Delays();
    report.delays.add(p99 * 1_000);
    report.states = List.of(new StateSize("profiles", 4, 1_000));
    report.retained = 512;
    report.fullProfile = 9_000;
    report.again = done(1_000);
    report.hundred = done(800);
    report.stored = new FeatureCost.Micros(10, 10 * ratio);
    report.onHeap = new FeatureCost.Micros(2, 2 * ratio);
  }

  private static Throughput done(int perSecond) {
    return new Throughput(perSecond, new CpuTimes(1_000_000_000, 1_000_000_000, 1, 1));
  }
}
