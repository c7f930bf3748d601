package io.millrace.features.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.trend.TrendBoard.Trending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendBoardTest {
  private static final long SEED = 19;
  private static final long HOUR = HourCounts.HOUR_MS;

  private record Clicks(long hour, int count) {}

  private static HourCounts counts(List<Clicks> log) {
    HourCounts counts = new HourCounts();
    log.forEach(clicks -> counts.add(clicks.hour(), clicks.count(), clicks.hour() * HOUR));
    return counts;
  }

  private static HourCounts counts(long hour, int count) {
    return counts(List.of(new Clicks(hour, count)));
  }

  @Test
  void countsTheSameInAnyOrderWithClicksTakenBack() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      List<Clicks> log = new ArrayList<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        Clicks clicks = new Clicks(1_000 + random.nextInt(40), 1 + random.nextInt(3));
        log.add(clicks);
        if (random.nextInt(3) == 0) {
          log.add(new Clicks(clicks.hour(), -clicks.count()));
        }
      }
      HourCounts expected = counts(log);
      Collections.shuffle(log, random);
      HourCounts counts = counts(log);

      assertThat(counts).as("seed %d", SEED).isEqualTo(expected);
      assertThat(counts.weigh(1_040)).as("seed %d", SEED).isEqualTo(expected.weigh(1_040));
      assertThat(counts.weigh(1_040)).isCloseTo(naiveWeight(log, 1_040), within(1e-9));
      ByteWriter out = new ByteWriter(16);
      counts.write(out);
      assertThat(HourCounts.read(new ByteReader(out.toBytes()))).isEqualTo(counts);
    }
  }

  private static double naiveWeight(List<Clicks> log, long asOf) {
    double sum = 0;
    for (long hour = asOf - 23; hour <= asOf; hour++) {
      long at = hour;
      int count = log.stream().filter(c -> c.hour() == at).mapToInt(Clicks::count).sum();
      sum += count * Math.pow(2, -(asOf - hour) / 3.0);
    }
    return sum;
  }

  @Test
  void neverCountsBelowZeroThoughMoreIsTakenBackFirst() {
    HourCounts counts = counts(100, -2);
    assertThat(counts.weigh(100)).isZero();
    assertThat(counts.isEmpty()).isTrue();

    counts.add(100, 3, 100 * HOUR);
    assertThat(counts.weigh(100)).isEqualTo(1);
    assertThat(counts.newestHour()).isEqualTo(100);
  }

  @Test
  void isReadAsOfTheNewestHourThatIsLeft() {
    HourCounts counts = counts(100, 4);
    counts.add(103, 1, 103 * HOUR);
    counts.add(103, -1, 103 * HOUR);
    TrendBoard board = new TrendBoard();
    board.put("a", counts);

    assertThat(counts.newestHour()).isEqualTo(100);
    assertThat(board.top(9)).containsExactly(new Trending("a", 4));
  }

  @Test
  void dropsAnItemWithoutClicksAndKeepsItsTime() {
    TrendBoard board = new TrendBoard();
    board.put("a", counts(100, 4));
    board.put("b", counts(101, 1));
    HourCounts none = counts(101, 1);
    none.add(101, -1, 101 * HOUR);
    board.put("b", none);

    assertThat(board.top(9)).containsExactly(new Trending("a", 4));
    assertThat(board.newestTime()).isEqualTo(101 * HOUR);
    board.remove("a", 100 * HOUR);
    assertThat(board.top(9)).isEmpty();
    assertThat(board.newestTime()).isEqualTo(101 * HOUR);
    assertThat(TrendBoard.ofBytes(board.toBytes()).newestTime()).isEqualTo(101 * HOUR);
  }

  @Test
  void keepsTheBestWhereThereAreTooMany() {
    TrendBoard board = new TrendBoard();
    for (int i = 1; i <= 21; i++) {
      board.put("i" + i, counts(100, i), 10);
    }

    assertThat(board.top(99)).hasSize(10).first().isEqualTo(new Trending("i21", 21));
    TrendBoard read = TrendBoard.ofBytes(board.toBytes());
    assertThat(read.top(99)).isEqualTo(board.top(99));
  }

  @Test
  void readsBoardsOfTheFirstLayout() {
    ByteWriter out = new ByteWriter(64);
    out.writeByte(1);
    out.writeVarLong(1);
    out.writeText("a");
    counts(100, 4).write(out);

    TrendBoard board = TrendBoard.ofBytes(out.toBytes());

    assertThat(board.top(9)).containsExactly(new Trending("a", 4));
    assertThat(board.newestTime()).isEqualTo(100 * HOUR);
  }
}
