package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Trackers.BEGIN;
import static io.millrace.operators.recommend.Trackers.MINUTE;
import static io.millrace.operators.recommend.Trackers.open;
import static io.millrace.operators.recommend.Trackers.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.SessionSettings;
import io.millrace.features.trend.HourCounts;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SessionTrackerTest {
  private static final int LEARNS_AND_ASKS = PostingMessage.TEACH | PostingMessage.ASK;

  @Test
  void firstClickAsksAndTeachesNothing() throws Exception {
    try (var harness = open()) {
      harness.first(view(BEGIN, "a"));

      PostingMessage only = harness.take().get(0);
      assertThat(only.item()).isEqualTo("a");
      assertThat(only.kind()).isEqualTo(PostingMessage.ASK);
      assertThat(only.ask()).isEqualTo(new Ask("v", 1, 0, 1, BEGIN, BEGIN + 7));
      assertThat(only.session().items()).containsExactly("a");
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .containsExactly(Trackers.counted("a", BEGIN));
    }
  }

  @Test
  void laterClickTeachesAndAsksTheNewestFewItemsInOneMessageEach() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 6; i++) {
        harness.take();
        harness.first(view(BEGIN + i * 1_000, "i" + i));
      }

      List<PostingMessage> messages = harness.take();
      assertThat(messages).extracting(PostingMessage::item).containsExactly("i5", "i4", "i3", "i2");
      assertThat(messages).extracting(PostingMessage::kind).containsOnly(LEARNS_AND_ASKS);
      assertThat(messages).extracting(message -> message.ask().part()).containsExactly(0, 1, 2, 3);
      assertThat(messages)
          .allSatisfy(
              message -> {
                assertThat(message.ask().number()).isEqualTo(6);
                assertThat(message.ask().parts()).isEqualTo(4);
                assertThat(message.session().items())
                    .containsExactly("i0", "i1", "i2", "i3", "i4", "i5");
                assertThat(message.session().time()).isEqualTo(BEGIN + 5_000);
              });
    }
  }

  @Test
  void duplicateDoesNothing() throws Exception {
    try (var harness = open()) {
      harness.first(view(BEGIN, "a"));
      harness.first(view(BEGIN + 1, "b"));
      harness.take();
      harness.takeSide(SessionTracker.ITEM_CLICKS);

      harness.first(view(BEGIN, "a"));
      harness.first(view(BEGIN + 1, "b"));

      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  @Test
  void olderItemsLearnOnceTimeHasPassedTheFlush() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 7; i++) {
        harness.first(view(BEGIN + i, "i" + i));
      }
      harness.take();

      harness.watermark(BEGIN + 10);
      assertThat(harness.take()).isEmpty();
      harness.watermark(BEGIN + 3 * MINUTE);

      List<PostingMessage> lessons = harness.take();
      assertThat(lessons).extracting(PostingMessage::item).containsExactly("i2", "i1", "i0");
      assertThat(lessons).extracting(PostingMessage::kind).containsOnly(PostingMessage.TEACH);
      assertThat(lessons)
          .allSatisfy(lesson -> assertThat(lesson.session().items()).hasSize(7).endsWith("i6"));
      harness.watermark(BEGIN + 5 * MINUTE);
      assertThat(harness.take()).isEmpty();

      harness.first(view(BEGIN + 6 * MINUTE, "i7"));
      harness.take();
      harness.watermark(BEGIN + 9 * MINUTE);
      assertThat(harness.take())
          .extracting(PostingMessage::item)
          .containsExactly("i3", "i2", "i1", "i0");
    }
  }

  @Test
  void botIsTakenBackAndAsksNoMore() throws Exception {
    SessionSettings strict = new SessionSettings(30 * MINUTE, 2 * MINUTE, 5_000, 4, 3, 0);
    try (var harness = open(strict, LearnPhases.ALWAYS, null, 1, 1, 0)) {
      for (int i = 0; i < 3; i++) {
        harness.first(view(BEGIN + i, "i" + i));
      }
      SessionItems taught = harness.take().get(1).session();
      harness.takeSide(SessionTracker.ITEM_CLICKS);

      harness.first(view(BEGIN + 3, "i3"));

      List<PostingMessage> messages = harness.take();
      assertThat(messages).extracting(PostingMessage::kind).containsOnly(PostingMessage.RETRACT);
      assertThat(messages).extracting(PostingMessage::item).contains("i0", "i1", "i2");
      assertThat(messages).allMatch(message -> message.session().id() == taught.id());
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .as("what the session had counted for the trends is taken back")
          .containsExactly(
              new ItemClick("i0", HourCounts.hourOf(BEGIN), -1, BEGIN),
              new ItemClick("i1", HourCounts.hourOf(BEGIN), -1, BEGIN + 1),
              new ItemClick("i2", HourCounts.hourOf(BEGIN), -1, BEGIN + 2));
      harness.first(view(BEGIN + 4, "i4"));
      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  @Test
  void probeAsksWithoutTeaching() throws Exception {
    try (var harness = open(SessionSettings.DEFAULT, LearnPhases.ASK_ONLY, null, 1, 1, 0)) {
      for (int i = 0; i < 7; i++) {
        harness.first(view(BEGIN + i, "i" + i));
      }
      harness.watermark(BEGIN + 60 * MINUTE);

      assertThat(harness.take())
          .hasSize(1 + 2 + 3 + 4 * 4)
          .allMatch(message -> message.kind() == PostingMessage.ASK);
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  @Test
  void restoresBetweenAnyTwoClicks() throws Exception {
    long seed = 11;
    List<Timed<VisitorEvent>> clicks = clicks(seed);
    List<String> undisturbed = new ArrayList<>();
    try (var harness = open()) {
      for (Timed<VisitorEvent> click : clicks) {
        feed(harness, click, undisturbed);
      }
    }

    List<String> restored = new ArrayList<>();
    var harness = open();
    for (int i = 0; i < clicks.size(); i++) {
      if (i % 37 == 0) {
        OperatorSubtaskState state = harness.snapshot();
        harness.close();
        harness = open(state, 1, 1, 0);
      }
      feed(harness, clicks.get(i), restored);
    }
    harness.close();

    assertThat(undisturbed).hasSizeGreaterThan(clicks.size());
    assertThat(restored).as("seed %d", seed).isEqualTo(undisturbed);
  }

  @Test
  void rescales() throws Exception {
    long seed = 12;
    List<Timed<VisitorEvent>> clicks = clicks(seed);
    int half = clicks.size() / 2;
    List<String> undisturbed = new ArrayList<>();
    OperatorSubtaskState state;
    try (var harness = open()) {
      List<String> before = new ArrayList<>();
      for (Timed<VisitorEvent> click : clicks.subList(0, half)) {
        feed(harness, click, before);
      }
      state = harness.snapshot();
      for (Timed<VisitorEvent> click : clicks.subList(half, clicks.size())) {
        feed(harness, click, undisturbed);
      }
    }

    List<String> rescaled = new ArrayList<>();
    List<TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage>> subtasks =
        new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      subtasks.add(open(state, 1, 3, i));
    }
    for (Timed<VisitorEvent> click : clicks.subList(half, clicks.size())) {
      int owner = KeyedHarness.subtaskOf(click.event().visitorId(), 3);
      subtasks.get(owner).first(click);
      for (TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> subtask : subtasks) {
        subtask.watermark(click.event().eventTime() - 5_001);
        drain(subtask, rescaled);
      }
    }
    subtasks.forEach(TwoInputHarness::close);

    assertThat(rescaled).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  @Test
  void savesAndMergesTheStateOfAllSubtasks() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (var harness = open(null, 1, 2, i)) {
        for (int visitor = 0; visitor < 20; visitor++) {
          if (KeyedHarness.subtaskOf("v" + visitor, 2) == i) {
            harness.first(view("e", BEGIN, "v" + visitor, "a"));
          }
        }
        states.add(harness.snapshot());
      }
    }
    OperatorSubtaskState packed =
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new));

    try (var harness = open(packed, 2, 1, 0)) {
      for (int visitor = 0; visitor < 20; visitor++) {
        harness.first(view("f", BEGIN + 1, "v" + visitor, "b"));
      }
      assertThat(harness.take())
          .hasSize(40)
          .allSatisfy(message -> assertThat(message.session().items()).containsExactly("a", "b"));
    }
  }

  private static void feed(
      TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> harness,
      Timed<VisitorEvent> click,
      List<String> out)
      throws Exception {
    harness.first(click);
    harness.watermark(click.event().eventTime() - 5_001);
    drain(harness, out);
  }

  private static void drain(
      TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> harness,
      List<String> out) {
    harness.take().forEach(message -> out.add(message.toString()));
    harness.takeSide(SessionTracker.ITEM_CLICKS).forEach(click -> out.add(click.toString()));
  }

  /** Clicks of eight visitors by time: short and long pauses, named sessions, duplicates. */
  private static List<Timed<VisitorEvent>> clicks(long seed) {
    Random random = new Random(seed);
    List<Timed<VisitorEvent>> clicks = new ArrayList<>();
    for (int visitor = 0; visitor < 8; visitor++) {
      long time = BEGIN + random.nextInt(60_000);
      String session = null;
      for (int i = 0; i < 100; i++) {
        boolean pause = random.nextInt(15) == 0;
        time += pause ? random.nextInt(50) * MINUTE : random.nextInt(20_000);
        session = pause ? (random.nextBoolean() ? "s" + i : null) : session;
        ClickType type = ClickType.values()[random.nextInt(2) * 2];
        clicks.add(
            new Timed<>(
                new Click(
                    visitor + "-" + i,
                    type,
                    time,
                    "v" + visitor,
                    "i" + random.nextInt(40),
                    List.of(),
                    session,
                    Click.Details.NONE),
                time));
      }
    }
    clicks.sort(Comparator.comparingLong(Timed::origin));
    List<Timed<VisitorEvent>> repeated = new ArrayList<>();
    for (Timed<VisitorEvent> click : clicks) {
      repeated.add(click);
      if (random.nextInt(20) == 0) {
        repeated.add(click);
      }
    }
    return repeated;
  }
}
