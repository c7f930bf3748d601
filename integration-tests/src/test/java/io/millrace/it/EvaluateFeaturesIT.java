package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.evaluate.EvaluateFeatures;
import io.millrace.jobs.evaluate.EvaluateFeatures.Modes;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Window features of card payments against a naive recomputation. */
class EvaluateFeaturesIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<String> MODES = List.of("in order", "shuffled", "restart");

  @TempDir private Path folder;

  @Test
  void equalANaiveRecomputationInAnyOrderAndThroughAFailure() throws IOException {
    SmallHandbook handbook = new SmallHandbook(7);
    handbook.write(folder, 0);
    List<String> remarks = new ArrayList<>();

    List<Figure> figures = evaluate(folder, 3, remarks);

    assertThat(remarks).isEmpty();
    for (String mode : MODES) {
      assertThat(value(figures, mode, "rows compared")).as(mode).isEqualTo(handbook.size());
      assertThat(value(figures, mode, "values equal within 1e-9")).as(mode).isEqualTo(1);
      assertThat(value(figures, mode, "answered twice")).as(mode).isZero();
      assertThat(value(figures, mode, "payments/s")).as(mode).isPositive();
    }
    assertThat(figures).noneMatch(Figure::misses);
  }

  @Test
  void aWrongValueFailsTheCommandWhereItIsToBeEnforced() throws Exception {
    new SmallHandbook(8).write(folder, 1e-6);
    Path logs = Files.createDirectory(folder.resolve("logs"));
    String[] command = {"evaluate", "features", "--data", folder.toString(), "--mode", "in-order"};
    try (MillraceProcess lenient = MillraceProcess.start(logs, command)) {
      assertThat(lenient.awaitExit(LIMIT)).isZero();
      assertThat(lenient.standardOutput())
          .anyMatch(line -> line.contains("values equal") && line.contains("MISSED"));
      assertThat(lenient.standardError()).contains("TERMINAL_ID_RISK_30DAY_WINDOW", "line 2 of");
    }
    List<String> enforced = new ArrayList<>(List.of(command));
    enforced.addAll(List.of("--enforce", "--json"));
    try (MillraceProcess strict = MillraceProcess.start(logs, enforced.toArray(String[]::new))) {
      assertThat(strict.awaitExit(LIMIT)).isEqualTo(1);
      assertThat(String.join("", strict.standardOutput()))
          .startsWith("[")
          .contains("\"mode\":\"in order\"", "\"metric\":\"values equal within 1e-9\"");
      assertThat(strict.standardError()).contains("missed: ");
    }
  }

  private static List<Figure> evaluate(Path data, int parallelism, List<String> remarks)
      throws IOException {
    Options options = Options.defaults().with(EngineOptions.PARALLELISM, parallelism);
    return new EvaluateFeatures(data, Modes.ALL, options, remarks::add).run();
  }

  private static double value(List<Figure> figures, String mode, String metric) {
    return figures.stream()
        .filter(figure -> figure.mode().equals(mode) && figure.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
