package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.jobs.evaluate.EvaluateRecommend;
import io.millrace.jobs.evaluate.EvaluateRecommend.Modes;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.jobs.evaluate.FigureTable;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live evaluation of a small recorded stream. */
class EvaluateLiveIT {
  private static final Path TAOBAO =
      Path.of("../../shared/data/recommend/taobao/UserBehavior.csv.gz");
  private static final String SLOTS = "hits per 1,000 slots";
  private static final long START = 1_511_658_000;

  @TempDir private Path folder;

  @Test
  void foreseesWhatOthersDidInTheSameOrder() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int visitor = 0; visitor < 40; visitor++) {
      long time = START + visitor * 15;
      lines.append(line("v" + visitor, "a", "1", "pv", time));
      lines.append(line("v" + visitor, "b", "2", "pv", time + 10));
      lines.append(line("v" + visitor, "b", "2", "cart", time + 12));
      lines.append(line("v" + visitor, "b", "2", "buy", time + 14));
    }
    write(lines.toString());
    List<Figure> figures = evaluate(1);
    // Only b came after a, and every list said so.
    for (String kind : List.of("next viewed item", "next cart", "next purchase")) {
      assertThat(value(figures, kind + ", n=3", "HR@20")).as(kind).isEqualTo(1);
      assertThat(value(figures, kind + ", session", SLOTS)).as(kind).isEqualTo(1_000);
    }
    assertThat(figures).filteredOn(Figure::misses).isEmpty();
  }

  @Test
  void givesTheSameFiguresAtAnyParallelism() throws IOException {
    Random random = new Random(11);
    String[] behaviours = {"pv", "pv", "pv", "fav", "cart", "buy"};
    StringBuilder lines = new StringBuilder();
    for (int event = 0; event < 400; event++) {
      int item = random.nextInt(120);
      lines.append(
          line(
              "v" + random.nextInt(50),
              "i" + item,
              String.valueOf(item % 24),
              behaviours[random.nextInt(behaviours.length)],
              START + event / 2));
    }
    write(lines.toString());
    List<Figure> first = evaluate(2);
    assertThat(evaluate(1)).isEqualTo(first);
    for (String level : List.of("session", "similar content", "trending in the store")) {
      Figure figure = figure(first, "all three, " + level, SLOTS);
      assertThat(figure.published().get("hits")).as(FigureTable.toText(first)).isPositive();
    }
  }

  @Test
  void readsTheRealStream() throws IOException {
    assumeThat(Files.exists(TAOBAO)).as("the real data in %s are absent", TAOBAO).isTrue();
    try (BufferedReader real =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TAOBAO)), StandardCharsets.UTF_8))) {
      write(real.lines().limit(400).collect(Collectors.joining("\n", "", "\n")));
    }
    assertThat(evaluate(2)).anyMatch(figure -> figure.metric().equals("HR@20"));
  }

  private static String line(
      String visitor, String item, String category, String behaviour, long time) {
    return String.join(",", visitor, item, category, behaviour, String.valueOf(time)) + "\n";
  }

  private void write(String lines) throws IOException {
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(folder.resolve("events.csv.gz"))),
            StandardCharsets.UTF_8)) {
      out.write(lines);
    }
  }

  private List<Figure> evaluate(int parallelism) throws IOException {
    Options options = Options.defaults().with(EngineOptions.PARALLELISM, parallelism);
    return new EvaluateRecommend(folder, List.of(), Modes.ALL, null, 10_000, 0.25, options).run();
  }

  private static double value(List<Figure> figures, String protocol, String metric) {
    return figure(figures, protocol, metric).value();
  }

  private static Figure figure(List<Figure> figures, String protocol, String metric) {
    return figures.stream()
        .filter(
            figure ->
                figure.protocol().startsWith(protocol)
                    && figure.mode().equals("live")
                    && figure.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
