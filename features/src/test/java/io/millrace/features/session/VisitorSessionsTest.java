package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorSessions.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitorSessionsTest {
  private static final String VISITOR = "visitor-0001";
  private static final long T = 1_600_000_000_000L;
  private static final long GAP = 30 * 60_000;
  private static final SessionSettings SETTINGS = SessionSettings.DEFAULT;
  private static final SessionSettings NO_LIMITS =
      new SessionSettings(GAP, 120_000, 5_000, 4, 0, 0);

  private int events;

  private Click view(long time, String item) {
    return Click.view("event-" + events++, time, VISITOR, item);
  }

  private Click view(long time, String item, String session) {
    return Click.view("event-" + events++, time, VISITOR, item, session);
  }

  private Click event(ClickType type, long time, String item) {
    return new Click(
        "event-" + events++, type, time, VISITOR, item, List.of(), null, Click.Details.NONE);
  }

  private static long sessionFrom(long start) {
    return VisitorIds.of(VISITOR, start);
  }

  private static List<String> itemsOf(SessionItems session) {
    return session == null ? null : Arrays.asList(session.items());
  }

  private static List<String> held(Classroom room, String item, long session) {
    return itemsOf(room.taught().getOrDefault(item, Map.of()).get(session));
  }

  @Test
  void tellsTheNewestItemsAtOnceAndOlderOnesByTheFlush() {
    Classroom room = new Classroom(SETTINGS);
    for (int i = 0; i < 6; i++) {
      room.deliver(view(T + i, "item-" + i));
    }

    assertThat(held(room, "item-5", sessionFrom(T))).hasSize(6);
    assertThat(held(room, "item-2", sessionFrom(T))).hasSize(6);
    assertThat(held(room, "item-1", sessionFrom(T))).hasSize(5);
    assertThat(held(room, "item-0", sessionFrom(T))).hasSize(4);
    room.flushAll();
    assertThat(held(room, "item-0", sessionFrom(T))).hasSize(6);
  }

  @Test
  void flushesOnceWithinTheInterval() {
    Classroom room = new Classroom(SETTINGS);
    VisitorSessions sessions = room.visitor(VISITOR);
    for (int i = 0; i < 5; i++) {
      assertThat(sessions.nextFlush(VISITOR, SETTINGS)).isEqualTo(Long.MAX_VALUE);
      room.deliver(view(T + i, "item-" + i));
    }

    assertThat(sessions.nextFlush(VISITOR, SETTINGS)).isBetween(T + 4, T + 4 + SETTINGS.flushMs());
    room.flushAll();
    assertThat(sessions.nextFlush(VISITOR, SETTINGS)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void teachesNothingOfASessionOfOneItem() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    room.deliver(event(ClickType.ADD_TO_CART, T + 1, "item-0"));
    room.deliver(view(T + 2, "item-0"));

    assertThat(room.flushAll().lessons).isZero();
  }

  @Test
  void forgetsASessionWhoseOtherItemsHaveLeftTheWindow() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    for (int i = 1; i <= 20; i++) {
      room.deliver(view(T + i * 10_000, "item-1"));
      assertThat(held(room, "item-1", sessionFrom(T)) == null).isEqualTo(i == 20);
    }
    assertThat(held(room.flushAll(), "item-0", sessionFrom(T))).hasSize(20);
  }

  @Test
  void takesASelectAndTheViewItLeadsToForOneInterest() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(event(ClickType.SELECT_ITEM, T, "item-0"));
    room.deliver(event(ClickType.VIEW_ITEM, T + 1, "item-0"));
    room.deliver(event(ClickType.VIEW_ITEM, T + 2, "item-0"));
    room.deliver(event(ClickType.SELECT_ITEM, T + 3, "item-1"));

    assertThat(held(room, "item-1", sessionFrom(T))).containsExactly("item-0", "item-0", "item-1");
  }

  @Test
  void endsASessionAfterAPauseLongerThanTheGapOnly() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    room.deliver(view(T + GAP, "item-1"));
    room.deliver(view(T + 2 * GAP + 1, "item-2"));
    room.deliver(view(T + 2 * GAP + 2, "item-3"));

    assertThat(held(room, "item-1", sessionFrom(T))).containsExactly("item-0", "item-1");
    assertThat(held(room, "item-3", sessionFrom(T + 2 * GAP + 1)))
        .containsExactly("item-2", "item-3");
  }

  @Test
  void anEventWithoutAnItemKeepsTheSessionGoingAndTeachesNothing() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    room.deliver(view(T + 1, "item-1"));
    int lessons = room.lessons;
    assertThat(room.deliver(event(ClickType.SEARCH, T + GAP, null))).isEqualTo(Outcome.TAKEN);
    assertThat(room.lessons).isEqualTo(lessons);
    room.deliver(view(T + 2 * GAP, "item-2"));

    assertThat(held(room, "item-2", sessionFrom(T))).containsExactly("item-0", "item-1", "item-2");
  }

  @Test
  void aLateEventJoinsTwoSessions() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    room.deliver(view(T + 1, "item-1"));
    room.deliver(view(T + GAP + 1_000, "item-2"));
    room.deliver(view(T + GAP + 1_001, "item-3"));
    assertThat(held(room, "item-3", sessionFrom(T + GAP + 1_000))).isNotNull();
    room.deliver(event(ClickType.SEARCH, T + GAP - 1_000, null));

    assertThat(held(room, "item-3", sessionFrom(T + GAP + 1_000))).isNull();
    assertThat(held(room, "item-0", sessionFrom(T)))
        .containsExactly("item-0", "item-1", "item-2", "item-3")
        .isEqualTo(held(room, "item-3", sessionFrom(T)));
  }

  @Test
  void aJoinLeavesAloneWhatItDoesNotTouch() {
    Classroom room = new Classroom(new SessionSettings(GAP, 3_600_000, 5_000, 4, 0, 0));
    // No flush falls between the first click and the last.
    long time = T + 120_000;
    for (int i = 0; i < 26; i++) {
      time += 2_000;
      room.deliver(view(time, "item-" + i));
    }
    long start = T + 122_000;
    // By this one the session's first clicks are settled and let go.
    room.deliver(view(time + GAP + 1_000, "item-30"));
    List<String> before = held(room, "item-12", sessionFrom(start));
    assertThat(before).startsWith("item-0").endsWith("item-15");
    List<String> newest = held(room, "item-25", sessionFrom(start));
    room.deliver(event(ClickType.SEARCH, time + GAP - 1_000, null));

    assertThat(held(room, "item-12", sessionFrom(start))).isEqualTo(before);
    assertThat(held(room, "item-25", sessionFrom(start)))
        .startsWith(newest.get(1), newest.get(2))
        .endsWith("item-25", "item-30");
    assertThat(held(room, "item-30", sessionFrom(start))).hasSize(20);
  }

  @Test
  void aLateClickThatMovesTheStartRenamesTheSession() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    room.deliver(view(T + 1, "item-1"));
    room.deliver(view(T - 4_000, "item-2"));

    assertThat(held(room, "item-1", sessionFrom(T))).isNull();
    assertThat(held(room, "item-1", sessionFrom(T - 4_000)))
        .containsExactly("item-2", "item-0", "item-1");
  }

  @Test
  void keepsNamedSessionsApartAndAcrossTheGap() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0", "a"));
    room.deliver(view(T + 1, "item-1", "b"));
    room.deliver(view(T + 2 * GAP, "item-2", "a"));
    room.deliver(view(T + 2 * GAP + 1, "item-3", "b"));

    assertThat(held(room, "item-2", VisitorIds.of(VISITOR, Hashes.of("a"))))
        .containsExactly("item-0", "item-2");
    assertThat(held(room, "item-3", VisitorIds.of(VISITOR, Hashes.of("b"))))
        .containsExactly("item-1", "item-3");
  }

  @Test
  void remembersTheNewestNamedSessionsOnly() {
    VisitorSessions sessions = new VisitorSessions();
    for (int i = 0; i < 50; i++) {
      sessions.take(view(T + i * 10_000, "item-" + i, "name-" + i), SETTINGS, null);
    }
    assertThat(sessions.toBytes()).hasSizeLessThan(300);
  }

  @Test
  void forgetsTheSameOfTwoNamedSessionsThatEndedTogether() {
    Click a = view(T, "item-0", "a");
    Click b = view(T, "item-1", "b");
    List<Click> rest =
        List.of(
            view(T + 10_000, "item-2", "c"),
            view(T + 10_001, "item-3", "d"),
            view(T + 20_000, "item-4", "b"));
    Classroom one = new Classroom(SETTINGS).deliverAll(List.of(a, b)).deliverAll(rest);
    Classroom other = new Classroom(SETTINGS).deliverAll(List.of(b, a)).deliverAll(rest);

    assertThat(one.taught()).hasSize(2).isEqualTo(other.taught());
  }

  @Test
  void reportsADuplicate() {
    Classroom room = new Classroom(SETTINGS);
    Click click = view(T, "item-0");
    assertThat(room.deliver(click)).isEqualTo(Outcome.TAKEN);
    assertThat(room.deliver(view(T + 5_000, "item-1"))).isEqualTo(Outcome.TAKEN);
    int lessons = room.lessons;
    assertThat(room.storingBytes().deliver(click)).isEqualTo(Outcome.DUPLICATE);
    assertThat(room.deliver(click)).isEqualTo(Outcome.DUPLICATE);
    assertThat(room.lessons).isEqualTo(lessons);
  }

  @Test
  void anotherEventAtTheSameTimeIsNoDuplicate() {
    Classroom room = new Classroom(SETTINGS);
    room.deliver(view(T, "item-0"));
    assertThat(room.deliver(view(T, "item-0"))).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void tooManyClicksInAMinuteSilenceASession() {
    SessionSettings limited = new SessionSettings(GAP, 120_000, 5_000, 4, 10, 0);
    Classroom room = new Classroom(limited);
    for (int i = 0; i < 10; i++) {
      assertThat(room.deliver(view(T + i, "item-" + i % 3))).isEqualTo(Outcome.TAKEN);
    }
    assertThat(room.taught()).hasSize(3);
    assertThat(room.storingBytes().deliver(view(T + 10, "item-1"))).isEqualTo(Outcome.BOT);
    assertThat(room.taught()).isEmpty();
    int lessons = room.lessons;
    assertThat(room.deliver(view(T + 600_000, "item-2"))).isEqualTo(Outcome.BOT);
    assertThat(room.flushAll().lessons).isEqualTo(lessons);
    assertThat(room.deliver(view(T + 600_001 + GAP, "item-2"))).isEqualTo(Outcome.TAKEN);
  }

  @Test
  void theRateOfAMinuteCountsItsStragglersToo() {
    SessionSettings limited = new SessionSettings(GAP, 120_000, 5_000, 4, 3, 0);
    long minute = T - T % 60_000 + 60_000;
    Classroom room = new Classroom(limited);
    for (int i = 1; i <= 3; i++) {
      room.deliver(view(minute - 10 + i, "item-" + i));
    }
    assertThat(room.storingBytes().deliver(view(minute, "item-4"))).isEqualTo(Outcome.TAKEN);
    assertThat(room.deliver(view(minute - 1, "item-5"))).isEqualTo(Outcome.BOT);
  }

  @Test
  void tooManyMovesSilenceASession() {
    SessionSettings limited = new SessionSettings(GAP, 120_000, 5_000, 4, 0, 3);
    Classroom room = new Classroom(limited);
    List<String> items = List.of("item-0", "item-0", "item-1", "item-1", "item-0", "item-0");
    for (int i = 0; i < items.size(); i++) {
      assertThat(room.deliver(view(T + i * 60_000L, items.get(i)))).isEqualTo(Outcome.TAKEN);
    }
    assertThat(room.deliver(view(T + 600_000, "item-1"))).isEqualTo(Outcome.BOT);
    assertThat(room.taught()).isEmpty();
  }

  @Test
  void aLateClickThatMakesNoMoveCountsForNone() {
    SessionSettings limited = new SessionSettings(GAP, 120_000, 5_000, 4, 0, 2);
    Classroom room = new Classroom(limited);
    room.deliver(view(T, "item-0"));
    room.deliver(view(T + 10, "item-1"));
    assertThat(room.deliver(view(T + 5, "item-1"))).isEqualTo(Outcome.TAKEN);
    assertThat(room.deliver(view(T + 4, "item-0"))).isEqualTo(Outcome.TAKEN);
    assertThat(room.deliver(view(T + 3, "item-1"))).isEqualTo(Outcome.BOT);
  }

  @Test
  void joinedSessionsAreJudgedAsOne() {
    for (int limit : new int[] {3, 2}) {
      SessionSettings limited = new SessionSettings(GAP, 120_000, 5_000, 4, 0, limit);
      Classroom room = new Classroom(limited);
      room.deliver(view(T, "item-0"));
      room.deliver(view(T + 1, "item-1"));
      room.deliver(view(T + GAP + 1_000, "item-1"));
      room.deliver(view(T + GAP + 1_001, "item-2"));
      Outcome outcome = room.deliver(event(ClickType.SEARCH, T + GAP - 1_000, null));

      assertThat(outcome).isEqualTo(limit == 3 ? Outcome.TAKEN : Outcome.BOT);
      assertThat(room.taught().keySet()).hasSize(limit == 3 ? 3 : 0);
    }
  }

  @Test
  void answersWithTheSessionTheVisitorIsIn() {
    VisitorSessions sessions = new VisitorSessions();
    Click first = view(T, "item-0");
    Click second = view(T + GAP + 1, "item-1");
    Click straggler = view(T + GAP - 1_000, "item-2", "named");
    Click search = event(ClickType.SEARCH, T + GAP + 2, null);

    sessions.take(first, SETTINGS, null);
    assertThat(itemsOf(sessions.sessionToAnswer(first, SETTINGS))).containsExactly("item-0");
    sessions.take(second, SETTINGS, null);
    assertThat(itemsOf(sessions.sessionToAnswer(second, SETTINGS))).containsExactly("item-1");
    assertThat(sessions.sessionToAnswer(first, SETTINGS)).isNull();
    sessions.take(straggler, SETTINGS, null);
    assertThat(sessions.sessionToAnswer(straggler, SETTINGS)).isNull();
    sessions.take(search, SETTINGS, null);
    assertThat(sessions.sessionToAnswer(search, SETTINGS)).isNull();
    Click named = view(T + GAP + 3, "item-3", "named");
    sessions.take(named, SETTINGS, null);
    assertThat(itemsOf(sessions.sessionToAnswer(named, SETTINGS)))
        .containsExactly("item-2", "item-3");
    assertThat(sessions.sessionToAnswer(second, SETTINGS)).isNull();
  }

  @Test
  void aStragglerOfTheSameSessionIsAnsweredWithAllOfIt() {
    VisitorSessions sessions = new VisitorSessions();
    sessions.take(view(T, "item-0"), SETTINGS, null);
    sessions.take(view(T + 2_000, "item-1"), SETTINGS, null);
    Click straggler = view(T + 1_000, "item-2");
    sessions.take(straggler, SETTINGS, null);

    SessionItems session = sessions.sessionToAnswer(straggler, SETTINGS);
    assertThat(itemsOf(session)).containsExactly("item-0", "item-2", "item-1");
    assertThat(session.time()).isEqualTo(T + 2_000);
  }

  @Test
  void teachesNothingWithoutLessons() {
    VisitorSessions sessions = new VisitorSessions();
    for (int i = 0; i < 100; i++) {
      Click click = view(T + i * 1_000L, "item-" + i);
      sessions.take(click, SETTINGS, null);
      assertThat(sessions.sessionToAnswer(click, SETTINGS).items()).hasSize(Math.min(i + 1, 20));
    }
  }

  @Test
  void fiveClicksTakeLessThan300Bytes() {
    VisitorSessions sessions = new VisitorSessions();
    for (int i = 0; i < 5; i++) {
      Click click = Click.view("event-00000" + i, T + i * 20_000L, VISITOR, "item-000000" + i);
      sessions.take(click, SETTINGS, null);
    }
    sessions.setTimer(T + 120_000);
    assertThat(sessions.toBytes()).hasSizeLessThan(130);
  }

  @Test
  void stateStaysSmallHoweverManyClicksCome() {
    for (long step : new long[] {20_000, 100, 0}) {
      Classroom room = new Classroom(NO_LIMITS);
      int largest = 0;
      for (int i = 0; i < 10_000; i++) {
        room.deliver(view(T + i * step, "item-" + i % 5_000));
        largest = Math.max(largest, room.visitor(VISITOR).toBytes().length);
      }
      assertThat(largest).as("bytes with a click every %d ms", step).isLessThan(5_000);
    }
  }

  @Test
  void bytesHoldAllThatIsRemembered() {
    VisitorSessions sessions = new VisitorSessions();
    IntStream.range(0, 30)
        .forEach(i -> sessions.take(view(T + i * 700L, "item-" + i), SETTINGS, null));
    sessions.take(view(T + 20_000, "item-1", "named"), SETTINGS, null);
    sessions.setTimer(T + 7);
    int ask = sessions.nextAsk();

    VisitorSessions read = VisitorSessions.ofBytes(sessions.toBytes());
    assertThat(read.toBytes()).isEqualTo(sessions.toBytes());
    assertThat(read.timer()).isEqualTo(T + 7);
    assertThat(read.newest()).isEqualTo(T + 29 * 700L);
    assertThat(read.nextAsk()).isEqualTo(ask + 1);
    assertThat(read.nextFlush(VISITOR, SETTINGS)).isEqualTo(sessions.nextFlush(VISITOR, SETTINGS));
  }

  @Test
  void refusesBytesOfALaterRelease() {
    byte[] bytes = new VisitorSessions().toBytes();
    bytes[0] = 9;
    assertThatThrownBy(() -> VisitorSessions.ofBytes(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layout version 9")
        .hasMessageContaining("restore with the release that wrote it");
  }
}
