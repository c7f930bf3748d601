package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueReportTest {
  @Test
  void aBurstMayCostOneRoundAndAnotherForEveryTwoMinutes() {
    assertThat(CatalogueReport.mostRounds(3)).isEqualTo(1);
    assertThat(CatalogueReport.mostRounds(119.9)).isEqualTo(1);
    assertThat(CatalogueReport.mostRounds(250)).isEqualTo(3);
  }

  @Test
  void marksWhatIsMissed() {
    CatalogueReport report = new CatalogueReport(1_000, 200);
    report.items = 100_000;
    report.itemsPerSecond = 5_000;
    report.goneMeanwhile = new CatalogueReport.Gone(delays(1_900), delays(30));
    report.gone = new CatalogueReport.Gone(delays(2_500), delays(20));
    report.bursts.add(new CatalogueReport.Burst("good", 1_000_000, 5, 130, 140, 2, delays(80)));
    report.bursts.add(new CatalogueReport.Burst("bad", 1_000_000, 5, 130, 140, 3, delays(80)));
    List<Figure> figures = report.figures();
    assertThat(figures.stream().filter(Figure::misses).map(Figure::metric))
        .containsExactly("p99 ms, update to gone from all lists", "rounds over all lists");
  }

  private static Delays delays(long millis) {
    Delays delays = new Delays();
    delays.add(millis * 1_000);
    return delays;
  }
}
