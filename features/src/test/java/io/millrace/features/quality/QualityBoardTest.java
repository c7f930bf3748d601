package io.millrace.features.quality;

import static io.millrace.features.quality.RandomQualityEvents.MINUTE;
import static io.millrace.features.quality.RandomQualityEvents.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.RedisKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityBoardTest {
  private static final long LATE = 150_000;
  private static final Map<String, Double> SHARES = new LinkedHashMap<>();
  private static final Map<String, Double> ONE = Map.of("only", 1.0);

  static {
    SHARES.put("neighbours", .6);
    SHARES.put("learned", .3);
    SHARES.put("empty", .1);
  }

  private static List<String> used(Map<String, Double> shares) {
    return shares.keySet().stream().filter(bucket -> !bucket.equals("empty")).toList();
  }

  /** Adds all in this order, closing what a watermark behind them allows, and all at the end. */
  private static List<QualityFigures> run(
      QualityBoard board, List<QualityEvent> events, Random random) {
    List<QualityFigures> figures = new ArrayList<>();
    long newest = 0;
    for (QualityEvent event : events) {
      assertThat(board.add(event)).isTrue();
      newest = Math.max(newest, event.time());
      if (random.nextInt(20) == 0) {
        figures.addAll(board.close(newest - LATE));
      }
    }
    figures.addAll(board.close(Long.MAX_VALUE));
    return figures;
  }

  private static void assertClose(List<QualityFigures> figures, List<QualityFigures> expected) {
    assertThat(figures)
        .usingRecursiveComparison()
        .ignoringFields("coverage")
        .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-9, Double.class)
        .isEqualTo(expected);
    for (int i = 0; i < figures.size(); i++) {
      Double coverage = figures.get(i).coverage();
      Double exact = expected.get(i).coverage();
      assertThat(coverage == null).isEqualTo(exact == null);
      if (exact != null) {
        // Five standard errors, for these are many looks; and two of at least 300 items on sale.
        assertThat(Math.abs(coverage - exact)).isLessThan(.06 * exact + 2 / 300.0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void equalsLoopsOverTheEventsInAnyOrder(long seed) {
    Map<String, Double> shares = seed % 3 == 0 ? ONE : SHARES;
    RandomQualityEvents source = new RandomQualityEvents(seed, used(shares));
    List<QualityEvent> events = source.events(1_000, 30);
    List<QualityFigures> expected =
        run(new QualityBoard(shares.toString(), shares), events, source.random);

    assertClose(expected, new NaiveQuality(shares, events).figures());
    for (int round = 0; round < 10; round++) {
      List<QualityEvent> shuffled = source.shuffled(events, LATE);
      assertThat(shuffled).isNotEqualTo(events);
      assertThat(run(new QualityBoard(shares.toString(), shares), shuffled, source.random))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  @Test
  void noFiguresOfABucketWithoutClicksAndNoneOfAMinuteWithout() {
    RandomQualityEvents source = new RandomQualityEvents(7, used(SHARES));
    List<QualityEvent> events = new ArrayList<>(source.events(400, 10));
    QualityEvent alone = QualityEvent.came(START + 60 * MINUTE, "neighbours", 1);
    events.add(alone);
    QualityBoard board = new QualityBoard(SHARES.toString(), SHARES);
    List<QualityFigures> figures = run(board, events, source.random);

    assertThat(figures).noneMatch(of -> of.bucket().equals("empty"));
    assertThat(figures).noneMatch(of -> of.minute() == alone.time());
    assertThat(board.total("empty").hitRate()).isNull();
    assertThat(board.total("nowhere")).isNull();
    // The visitor of the last minute is counted all the same.
    QualityFigures last = figures.get(figures.size() - 1);
    assertThat(board.total("neighbours").visitors())
        .isEqualTo(last.sampleRatio().visitors().get("neighbours") + 1);
  }

  @Test
  void refusesEventsOfClosedMinutesAndOfOtherBuckets() {
    RandomQualityEvents source = new RandomQualityEvents(8, used(SHARES));
    QualityBoard board = new QualityBoard(SHARES.toString(), SHARES);
    board.add(source.event(START));
    board.close(START + 2 * MINUTE);
    byte[] before = board.toBytes();

    assertThat(board.add(source.event(START))).isFalse();
    assertThat(board.add(source.event(START + 2 * MINUTE - 1))).isFalse();
    assertThat(board.add(QualityEvent.came(START + 2 * MINUTE, "other", 1))).isFalse();
    assertThat(board.toBytes()).isEqualTo(before);
    assertThat(board.add(source.event(START + 2 * MINUTE))).isTrue();
  }

  @Test
  void closesAMinuteWhenItHasEnded() {
    QualityBoard board = new QualityBoard(ONE.toString(), ONE);
    RandomQualityEvents source = new RandomQualityEvents(9, used(ONE));
    List<QualityEvent> events = source.events(50, 1);
    events.forEach(board::add);

    assertThat(board.close(START + MINUTE - 1)).isEmpty();
    assertThat(board.newest()).isEmpty();
    List<QualityFigures> figures = board.close(START + MINUTE);
    assertThat(figures)
        .extracting(QualityFigures::bucket)
        .containsExactly("only", RedisKeys.QUALITY_ALL);
    assertThat(board.close(START + 9 * MINUTE)).isEmpty();
    assertThat(board.newest()).isEqualTo(figures);
  }

  @Test
  void closesTheOldestBeforeItsTimeWhereTooManyAreOpen() {
    int minutes = QualityBoard.OPEN_MINUTES + 70;
    RandomQualityEvents source = new RandomQualityEvents(10, used(SHARES));
    List<QualityEvent> events = new ArrayList<>();
    QualityBoard board = new QualityBoard(SHARES.toString(), SHARES);
    for (int minute = 0; minute < minutes; minute++) {
      for (int i = 0; i < 4; i++) {
        events.add(source.event(START + minute * MINUTE));
        assertThat(board.add(events.get(events.size() - 1))).isTrue();
      }
    }
    assertThat(board.add(source.event(START + 69 * MINUTE))).isFalse();
    assertThat(board.newest()).isEmpty();
    QualityBoard read = QualityBoard.ofBytes(board.toBytes(), SHARES.toString(), SHARES);
    List<QualityFigures> early = board.close(0);

    assertThat(read.close(0)).isEqualTo(early);
    assertThat(early.get(early.size() - 1).minute()).isLessThan(START + 70 * MINUTE);
    List<QualityFigures> figures = new ArrayList<>(early);
    figures.addAll(board.close(Long.MAX_VALUE));
    assertClose(figures, new NaiveQuality(SHARES, events).figures());
  }

  @Test
  void goesOnBehindTheEndOfItsInput() {
    RandomQualityEvents source = new RandomQualityEvents(11, used(SHARES));
    QualityBoard board = new QualityBoard(SHARES.toString(), SHARES);
    board.add(source.event(START));
    board.close(Long.MAX_VALUE);
    QualityBoard read = QualityBoard.ofBytes(board.toBytes(), SHARES.toString(), SHARES);

    assertThat(read.add(source.event(START + MINUTE - 1))).isFalse();
    assertThat(read.add(source.event(START + MINUTE))).isTrue();
  }

  @Test
  void refusesSharesThatDoNotAddUp() {
    assertThatThrownBy(() -> new QualityBoard("split", Map.of("a", .5, "b", .4)))
        .hasMessageContaining("add up to 0.9, not 1");
    assertThatThrownBy(() -> new QualityBoard("split", Map.of("a", -.5, "b", 1.5)))
        .hasMessageContaining("the share of bucket a=-0.5 is below 0");
    assertThatThrownBy(() -> new QualityBoard("split", Map.of("_all", 1.0)))
        .hasMessageContaining("a bucket is named _all");
    assertThatThrownBy(() -> new QualityBoard("split", Map.of("a", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    new QualityBoard("split", Map.of("a", .1, "b", .2, "c", .7));
  }
}
