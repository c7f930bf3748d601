package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorSessions.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VisitorTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final long MINUTE = 60_000;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Writes down what one visitor teaches and counts. */
  private static final class Notes implements Lessons, Visitor.Trends {
    private final List<String> said = new ArrayList<>();
    private final Map<String, Integer> points = new TreeMap<>();
    private final Map<String, Map<Long, SessionItems>> taught = new HashMap<>();

    @Override
    public void teach(String item, SessionItems session) {
      said.add(item + session);
      taught.computeIfAbsent(item, i -> new HashMap<>()).put(session.id(), session);
    }

    @Override
    public void retract(String item, long sessionId) {
      said.add(item + sessionId);
      taught.getOrDefault(item, new HashMap<>()).remove(sessionId);
    }

    @Override
    public void count(String item, long time, int count) {
      said.add(item + time + count);
      if (points.merge(item + time, count, Integer::sum) == 0) {
        points.remove(item + time);
      }
    }

    private boolean holdsNothing() {
      return points.isEmpty() && taught.values().stream().allMatch(Map::isEmpty);
    }
  }

  private static List<Click> events(int seed) {
    return new RandomVisits(seed, SessionSettings.DEFAULT, 1).inOrder();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void goesOnTheSameWhenItIsStoredBetweenAnyTwoEvents(int seed) {
    Notes kept = new Notes();
    Notes stored = new Notes();
    Visitor one = new Visitor();
    Visitor other = new Visitor();
    for (Click click : events(seed)) {
      one.take(click, SessionSettings.DEFAULT, kept, kept);
      other.take(click, SessionSettings.DEFAULT, stored, stored);
      one.setOrdered(seed % 2 == 0);
      other.setOrdered(seed % 2 == 0);
      other = Visitor.ofBytes(other.toBytes());
      assertThat(other.toBytes()).as("seed %d", seed).isEqualTo(one.toBytes());
      assertThat(other.passedOver()).isEqualTo(one.passedOver());
      assertThat(other.hasOrdered()).isEqualTo(one.hasOrdered());
      assertThat(other.longMemory(click, SessionSettings.DEFAULT))
          .isEqualTo(one.longMemory(click, SessionSettings.DEFAULT));
    }
    assertThat(stored.said).as("seed %d", seed).isEqualTo(kept.said);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void erasedWholeNothingIsLeft(int seed) {
    Notes notes = new Notes();
    Visitor visitor = new Visitor();
    for (Click click : events(seed).stream().limit(20).toList()) {
      visitor.take(click, SessionSettings.DEFAULT, notes, notes);
    }
    visitor.erase("visitor-0", Long.MAX_VALUE, SessionSettings.DEFAULT, notes, notes);
    assertThat(visitor.isEmpty()).as("seed %d", seed).isTrue();
    assertThat(notes.points).as("seed %d", seed).isEmpty();
  }

  @Test
  void whatBeginsAfterAnErasureStaysAsItIs() {
    Notes notes = new Notes();
    Visitor visitor = new Visitor();
    for (int i = 0; i < 4; i++) {
      visitor.take(view(TIME + i * 40 * MINUTE, "i" + i), SessionSettings.DEFAULT, notes, notes);
      visitor.take(
          view(TIME + i * 40 * MINUTE + 1, "j" + i), SessionSettings.DEFAULT, notes, notes);
    }
    notes.said.clear();
    visitor.erase("v", TIME + 100 * MINUTE, SessionSettings.DEFAULT, notes, notes);
    assertThat(notes.said).noneMatch(said -> said.startsWith("i3") || said.startsWith("j3"));
    assertThat(visitor.sessions().newestSession("v").items()).containsExactly("i3", "j3");
  }

  private static Click view(long time, String item) {
    return Click.view("e" + time, time, "v", item);
  }

  @Test
  void purchasesOfABotCountWhicheverComesFirst() {
    SessionSettings strict = new SessionSettings(30 * MINUTE, 2 * MINUTE, 5_000, 4, 2, 0);
    List<Map<String, Integer>> points = new ArrayList<>();
    for (int place = 0; place < 4; place++) {
      Notes notes = new Notes();
      Visitor visitor = new Visitor();
      for (int i = 0; i < 4; i++) {
        if (i == place) {
          visitor.bought("b", TIME + 2, true, notes);
        }
        Outcome outcome = visitor.take(view(TIME + i, "a"), strict, notes, notes);
        assertThat(outcome).isEqualTo(i < 2 ? Outcome.TAKEN : Outcome.BOT);
      }
      points.add(notes.points);
    }
    assertThat(points).containsOnly(Map.of("b" + (TIME + 2), VisitorInterests.PURCHASE_POINTS));
  }

  @Test
  void purchaseThatIsTakenBackCountsNothing() {
    Notes notes = new Notes();
    Visitor visitor = new Visitor();
    visitor.bought("a", TIME, true, notes);
    visitor.bought("a", TIME, false, notes);
    visitor.bought("a", TIME, false, notes);
    assertThat(notes.holdsNothing()).isTrue();
    assertThat(visitor.isEmpty()).isTrue();
  }
}
