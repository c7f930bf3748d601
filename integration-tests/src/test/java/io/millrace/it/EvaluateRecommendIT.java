package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.evaluate.EvaluateRecommend;
import io.millrace.jobs.evaluate.EvaluateRecommend.Modes;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation of a set whose figures can be worked out by hand, and of a random one. */
class EvaluateRecommendIT {
  @TempDir private Path folder;

  @Test
  void foreseesWhatWasLearnedAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("train.txt"), "0\ta b\n1\ta b\n2\tc d\n");
    // a → b was learned, c → d too, a → z never happened.
    Files.writeString(folder.resolve("test.txt"), "0\ta b\n1\tc d\n2\ta z\n");
    List<Figure> figures = evaluate(Modes.FROZEN, 1);
    assertThat(value(figures, "frozen", "HR@20")).isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void learnsFromTheTestClicksOnlyInLiveMode() throws IOException {
    Files.writeString(folder.resolve("train.txt"), "0\ta b\n");
    Files.writeString(folder.resolve("test.txt"), "0\tx y\n1\tx y\n2\tx y\n3\tx y\n");
    List<Figure> figures = evaluate(Modes.ALL, 1);
    assertThat(value(figures, "frozen", "HR@20")).isZero();
    // The sessions begin a minute apart and last half a minute: each is learned by the next.
    assertThat(value(figures, "live", "HR@20")).isCloseTo(3 / 4.0, within(1e-9));
  }

  @Test
  void givesTheSameFiguresAtAnyParallelism() throws IOException {
    Files.writeString(folder.resolve("train.txt"), sessions(new Random(7), 400));
    Files.writeString(folder.resolve("test.txt"), sessions(new Random(8), 100));
    List<Figure> one = evaluate(Modes.ALL, 1);
    List<Figure> three = evaluate(Modes.ALL, 3);
    for (String mode : List.of("frozen", "live", "learned", "live + learned")) {
      for (String metric : List.of("HR@20", "MRR@20")) {
        assertThat(value(three, mode, metric))
            .as("%s %s", mode, metric)
            .isEqualTo(value(one, mode, metric))
            .isPositive();
      }
    }
  }

  private static String sessions(Random random, int count) {
    StringBuilder lines = new StringBuilder();
    for (int session = 0; session < count; session++) {
      lines.append(session).append('\t');
      int theme = random.nextInt(20);
      for (int click = random.nextInt(8) + 2; click > 0; click--) {
        lines.append("i").append(theme * 5 + random.nextInt(8)).append(click > 1 ? " " : "\n");
      }
    }
    return lines.toString();
  }

  private List<Figure> evaluate(Modes modes, int parallelism) throws IOException {
    Options options = Options.defaults().with(EngineOptions.PARALLELISM, parallelism);
    return new EvaluateRecommend(folder, List.of(), modes, null, 10_000, 0.25, options).run();
  }

  private static double value(List<Figure> figures, String mode, String metric) {
    return figures.stream()
        .filter(figure -> figure.mode().equals(mode) && figure.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
