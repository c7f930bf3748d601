package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private final KeyRing ring = new KeyRing();
  private final List<String> visited = new ArrayList<>();
  private long now;

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      ring.add("k" + i);
    }
  }

  /** Each visit takes a millisecond. */
  private void visitFor(long millis) throws IOException {
    ring.visitFor(
        millis,
        () -> now,
        key -> {
          visited.add(key);
          now++;
        });
  }

  @Test
  void goesRoundInSlicesOfTime() throws IOException {
    add(0, 1_000);
    visitFor(100);
    assertThat(visited).isEmpty();

    ring.startRound();
    visitFor(100);
    assertThat(visited).hasSizeBetween(100, 131);
    while (ring.left() > 0) {
      visitFor(100);
    }

    assertThat(visited).hasSize(1_000).doesNotHaveDuplicates();
    visitFor(100);
    assertThat(visited).hasSize(1_000);
  }

  @Test
  void goesAllTheWayRoundFromWhereItStandsWhenStartedAgain() throws IOException {
    add(0, 100);
    ring.startRound();
    visitFor(1);
    int before = visited.size();
    ring.startRound();
    visited.clear();
    ring.visitAll(visited::add);

    assertThat(before).isLessThan(100);
    assertThat(visited).hasSize(100).doesNotHaveDuplicates().startsWith("k" + before);
  }

  @Test
  void takesInKeysThatComeMeanwhileAtTheNextRound() throws IOException {
    add(0, 3);
    ring.startRound();
    ring.add("");
    ring.add("鞋");
    ring.visitAll(visited::add);
    assertThat(visited).containsExactly("k0", "k1", "k2");

    ring.startRound();
    ring.visitAll(visited::add);
    assertThat(visited.subList(3, 8)).containsExactly("k0", "k1", "k2", "", "鞋");
  }

  @Test
  void keysThatComeInALaterRoundTakeNobodysPlace() throws IOException {
    add(0, 100);
    ring.startRound();
    ring.visitAll(visited::add);
    add(100, 150);
    ring.startRound();
    visited.clear();
    visitFor(1);
    add(150, 200);
    ring.visitAll(visited::add);

    assertThat(visited).hasSize(150).doesNotHaveDuplicates().contains("k99", "k149");
  }

  @Test
  void holdsKeysOfEveryLength() throws IOException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      keys.add("x".repeat(i % 256));
      ring.add(keys.get(i));
    }
    ring.startRound();
    ring.visitAll(visited::add);

    assertThat(visited).isEqualTo(keys);
    assertThatThrownBy(() -> ring.add("x".repeat(256))).hasMessageContaining("255");
  }

  @Test
  void aRoundVisitsWhatWasThereAtItsStartAndWasNotTakenOut() throws Exception {
    Random random = new Random(11);
    for (int run = 0; run < 300; run++) {
      KeyRing ring = new KeyRing();
      Set<String> there = new TreeSet<>();
      int size = 1 + random.nextInt(120);
      for (int i = 0; i < size; i++) {
        String key = "k".repeat(1 + random.nextInt(3)) + i;
        ring.add(key);
        there.add(key);
      }
      for (int skipped = random.nextInt(20); skipped > 0; skipped--) {
        ring.next();
      }
      for (int round = 0; round < 3; round++) {
        ring.startRound();
        Set<String> due = new TreeSet<>(there);
        while (ring.left() > 0) {
          assertThat(ring.left()).isEqualTo(due.size());
          if (random.nextInt(3) == 0) {
            String gone = List.copyOf(there).get(random.nextInt(there.size()));
            ring.remove(gone);
            there.remove(gone);
            due.remove(gone);
          } else {
            List<String> visited = new ArrayList<>();
            long[] clock = {0};
            ring.visitFor(1, () -> clock[0]++, visited::add);
            assertThat(due.removeAll(visited)).isTrue();
          }
        }
        assertThat(due).isEmpty();
        assertThat(ring.size()).isEqualTo(there.size());
        if (there.isEmpty()) {
          break;
        }
      }
    }
  }
}
