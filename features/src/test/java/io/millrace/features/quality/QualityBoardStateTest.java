package io.millrace.features.quality;

import static io.millrace.features.quality.RandomQualityEvents.MINUTE;
import static io.millrace.features.quality.RandomQualityEvents.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.RedisKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityBoardStateTest {
  private static final Map<String, Double> EVEN = shares("a", .5, "b", .5);

  private static Map<String, Double> shares(String one, double first, String other, double second) {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put(one, first);
    shares.put(other, second);
    return shares;
  }

  private static QualityBoard copy(QualityBoard board) {
    return QualityBoard.ofBytes(board.toBytes(), EVEN.toString(), EVEN);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void isTheSameBoardAfterAnyEvent(long seed) {
    RandomQualityEvents source = new RandomQualityEvents(seed, List.of("a", "b"));
    QualityBoard board = new QualityBoard(EVEN.toString(), EVEN);
    QualityBoard restored = new QualityBoard(EVEN.toString(), EVEN);
    long newest = 0;
    for (QualityEvent event : source.shuffled(source.events(500, 12), 2 * MINUTE)) {
      restored = copy(restored);
      assertThat(restored.add(event)).as("seed %d", seed).isEqualTo(board.add(event));
      newest = Math.max(newest, event.time());
      if (source.random.nextInt(10) == 0) {
        long time = newest - source.random.nextInt(120_000);
        restored = copy(restored);
        assertThat(restored.close(time)).as("seed %d", seed).isEqualTo(board.close(time));
      }
      restored = copy(restored);
      assertThat(restored.newest()).isEqualTo(board.newest());
    }
    restored = copy(restored);
    assertThat(restored.close(Long.MAX_VALUE)).isEqualTo(board.close(Long.MAX_VALUE));
    assertThat(board.newest()).hasSize(3);
    assertThat(copy(restored).total("a").hitRate()).isEqualTo(board.total("a").hitRate());
  }

  /** Two minutes closed and two open, with visitors and clicks in each bucket. */
  private static QualityBoard fourMinutes() {
    RandomQualityEvents source = new RandomQualityEvents(24, List.of("a", "b"));
    QualityBoard board = new QualityBoard(EVEN.toString(), EVEN);
    for (int minute = 0; minute < 4; minute++) {
      long time = START + minute * MINUTE;
      for (int i = 0; i < 100; i++) {
        board.add(source.event(time));
      }
    }
    board.close(START + 2 * MINUTE);
    return board;
  }

  @Test
  void beginsAnewBehindTheOpenMinutesWhenSharesChange() {
    Map<String, Double> changed = shares("a", .1, "b", .9);
    QualityBoard before = fourMinutes();
    QualityBoard board = QualityBoard.ofBytes(before.toBytes(), changed.toString(), changed);

    assertThat(board.newest()).isEqualTo(before.newest());
    List<QualityFigures> open = board.close(START + 4 * MINUTE);
    List<QualityFigures> unchanged = before.close(START + 4 * MINUTE);
    assertThat(open).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(open.get(i).hitRate20()).isEqualTo(unchanged.get(i).hitRate20());
      assertThat(open.get(i).total().since()).isEqualTo(START + 4 * MINUTE);
      assertThat(open.get(i).total().visitors()).isZero();
      assertThat(open.get(i).total().events()).isZero();
    }

    RandomQualityEvents source = new RandomQualityEvents(25, List.of("b"));
    for (int i = 0; i < 50; i++) {
      board.add(source.event(START + 4 * MINUTE));
    }
    List<QualityFigures> later = board.close(START + 5 * MINUTE);
    QualityFigures all = later.get(later.size() - 1);
    assertThat(all.events()).isPositive().isEqualTo(all.total().events());
    assertThat(all.total().since()).isEqualTo(START + 4 * MINUTE);
    assertThat(all.sampleRatio().expected()).isEqualTo(changed);
    assertThat(all.sampleRatio().visitors().get("a")).isZero();
    assertThat(
            QualityBoard.ofBytes(board.toBytes(), changed.toString(), changed).total("b").events())
        .isEqualTo(all.events());
  }

  @Test
  void letsGoOfABucketThatIsNoMore() {
    Map<String, Double> changed = shares("b", .5, "c", .5);
    QualityBoard before = fourMinutes();
    QualityBoard board = QualityBoard.ofBytes(before.toBytes(), changed.toString(), changed);

    assertThat(board.newest())
        .extracting(QualityFigures::bucket)
        .containsExactly("b", RedisKeys.QUALITY_ALL);
    List<QualityFigures> open = board.close(START + 4 * MINUTE);
    assertThat(open)
        .extracting(QualityFigures::bucket)
        .containsExactly("b", RedisKeys.QUALITY_ALL, "b", RedisKeys.QUALITY_ALL);
    assertThat(open.get(1).events()).isEqualTo(open.get(0).events());
    assertThat(board.total("a")).isNull();
    assertThat(board.add(QualityEvent.came(START + 9 * MINUTE, "a", 1))).isFalse();
    assertThat(board.add(QualityEvent.came(START + 9 * MINUTE, "c", 1))).isTrue();
  }

  @Test
  void beginsWithTheNextMinuteWhereNoneIsOpen() {
    QualityBoard before = fourMinutes();
    before.close(START + 60 * MINUTE);
    QualityBoard board = QualityBoard.ofBytes(before.toBytes(), "other", shares("a", .9, "b", .1));
    RandomQualityEvents source = new RandomQualityEvents(26, List.of("a", "b"));
    for (int i = 0; i < 20; i++) {
      board.add(source.event(START + 70 * MINUTE));
    }

    QualityFigures first = board.close(START + 71 * MINUTE).get(0);
    assertThat(first.total().since()).isEqualTo(START + 70 * MINUTE);
    assertThat(first.total().events()).isEqualTo(first.events());
  }

  /** Another order of the buckets, or of the lists of one, is another experiment. */
  @Test
  void beginsAnewWhereTheSameSharesMeanSomethingElse() {
    QualityBoard before = fourMinutes();
    QualityBoard board = QualityBoard.ofBytes(before.toBytes(), "frozen", EVEN);

    assertThat(board.close(START + 4 * MINUTE).get(0).total().events()).isZero();
    assertThat(before.close(START + 4 * MINUTE).get(0).total().events()).isPositive();
  }

  /** The least p value ever seen holds, though the split looks right again later. */
  @Test
  void aMismatchOnceSeenStays() {
    QualityBoard board = new QualityBoard(EVEN.toString(), EVEN);
    RandomQualityEvents clicks = new RandomQualityEvents(27, List.of("a"));
    for (int i = 0; i < 100; i++) {
      board.add(QualityEvent.came(START, "a", i));
      board.add(QualityEvent.came(START + MINUTE, "b", i));
      board.add(clicks.event(START + MINUTE));
    }
    List<QualityFigures> figures = board.close(START + 2 * MINUTE);
    QualityFigures all = figures.get(figures.size() - 1);

    assertThat(all.sampleRatio().pValue()).isLessThan(1e-9);
    assertThat(all.sampleRatio().mismatch()).isTrue();
    assertThat(copy(board).newest()).isEqualTo(board.newest());
  }

  @Test
  void refusesALaterLayout() {
    byte[] later = fourMinutes().toBytes();
    later[0] = 9;

    assertThatThrownBy(() -> QualityBoard.ofBytes(later, EVEN.toString(), EVEN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the figures of the lists' quality has layout version 9")
        .hasMessageContaining("restore with the release that wrote it");
  }
}
