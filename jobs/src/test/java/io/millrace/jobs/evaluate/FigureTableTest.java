package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTableTest {
  private static final Figure REACHED =
      Figure.plain("shop", "next click", "frozen", "HR@20", .5, true)
          .asking(.4, .6)
          .beside(Map.of("KNN", .357));
  private static final Figure MISSED =
      Figure.plain("shop", "paced", "frozen", "p99 ms", 1_234.5, false).asking(500.0, null);

  @Test
  void alignsColumnsAndMarksWhatIsMissed() {
    List<String> lines = FigureTable.toText(List.of(REACHED, MISSED)).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).contains("0.5000  ≥ 0.4000  ≥ 0.6000  reached  KNN 0.3570");
    assertThat(lines.get(2)).contains("1,235").contains("≤ 500.0").endsWith("MISSED");
    assertThat(lines.get(0).indexOf("metric")).isEqualTo(lines.get(1).indexOf("HR@20"));
  }

  @Test
  void showsOfWhatIsAlmostNothingHowMuchItIs() {
    Figure tiny = Figure.plain("shop", "windows", "in order", "difference", 1.84e-12, false);
    assertThat(FigureTable.toText(List.of(tiny))).contains("1.8e-12");
    Figure none = Figure.plain("shop", "windows", "in order", "difference", 0, false);
    assertThat(FigureTable.toText(List.of(none))).contains("0.0000");
  }

  @Test
  void writesTheFieldsOfTheContract() {
    assertThat(FigureTable.toJson(List.of(REACHED)))
        .isEqualToIgnoringWhitespace(
            """
            [{"set":"shop","protocol":"next click","mode":"frozen","metric":"HR@20","value":0.5,
              "better":"higher","must":0.4,"aim":0.6,"published":{"KNN":0.357}}]
            """);
  }

  @Test
  void writesAMissingFigureAsNull() {
    Figure unknown = Figure.plain("shop", "paced", "live", "p50 ms", Double.NaN, false);
    assertThat(FigureTable.toJson(List.of(unknown)))
        .contains("\"value\":null")
        .contains("\"better\":\"lower\"");
  }

  @Test
  void whatWasNotMeasuredMissesWhatIsAskedOfIt() {
    for (boolean higher : List.of(true, false)) {
      Figure unknown =
          Figure.plain("shop", "paced", "live", "p99", Double.NaN, higher).asking(0.5, null);
      assertThat(unknown.misses()).isTrue();
      assertThat(FigureTable.toText(List.of(unknown))).contains("MISSED");
    }
  }

  @Test
  void saysWhyNothingIsAskedOfAFigure() {
    Figure unjudged = REACHED.notJudged("too few to judge");
    assertThat(unjudged.misses()).isFalse();
    assertThat(FigureTable.toText(List.of(unjudged))).contains("too few to judge  KNN");
    assertThat(FigureTable.toJson(List.of(unjudged)))
        .contains("\"must\":null")
        .contains("\"note\":\"too few to judge\"");
  }
}
