package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.SessionSettings;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.state.KeyedHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SessionTrackerTest {
  private static final long BEGIN = 1_748_736_000_000L;
  private static final long MINUTE = 60_000;
  private static final int LEARNS_AND_ASKS = PostingMessage.TEACH | PostingMessage.ASK;

  /** So small that values go to state and come back all the time. */
  private static final StateSettings TINY = new StateSettings(Duration.ofDays(30), 2, 2);

  private static SessionTracker tracker(SessionSettings settings, LearnPhases phases) {
    return new SessionTracker(settings, phases, TINY);
  }

  private static KeyedHarness<Timed<Click>, PostingMessage> open(
      SessionTracker tracker, OperatorSubtaskState state, int before, int parallelism, int subtask)
      throws Exception {
    return new KeyedHarness<>(
        tracker,
        click -> click.event().visitorId(),
        RecommendTypes.POSTING_MESSAGE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  private static KeyedHarness<Timed<Click>, PostingMessage> open() throws Exception {
    return open(tracker(SessionSettings.DEFAULT, LearnPhases.ALWAYS), null, 1, 1, 0);
  }

  private static Timed<Click> view(String id, long time, String visitor, String item) {
    return new Timed<>(Click.view(id, time, visitor, item), time + 7);
  }

  private static Timed<Click> view(long time, String item) {
    return view("e" + time, time, "v", item);
  }

  @Test
  void firstClickAsksAndTeachesNothing() throws Exception {
    try (var harness = open()) {
      harness.process(view(BEGIN, "a"));

      PostingMessage only = harness.take().get(0);
      assertThat(only.item()).isEqualTo("a");
      assertThat(only.kind()).isEqualTo(PostingMessage.ASK);
      assertThat(only.ask()).isEqualTo(new Ask("v", 1, 0, 1, BEGIN, BEGIN + 7));
      assertThat(only.session().items()).containsExactly("a");
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS))
          .containsExactly(TrendPreAggregator.click("a", BEGIN));
    }
  }

  @Test
  void laterClickTeachesAndAsksTheNewestFewItemsInOneMessageEach() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 6; i++) {
        harness.take();
        harness.process(view(BEGIN + i * 1_000, "i" + i));
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
      harness.process(view(BEGIN, "a"));
      harness.process(view(BEGIN + 1, "b"));
      harness.take();
      harness.takeSide(SessionTracker.ITEM_CLICKS);

      harness.process(view(BEGIN, "a"));
      harness.process(view(BEGIN + 1, "b"));

      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  @Test
  void olderItemsLearnOnceTimeHasPassedTheFlush() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 7; i++) {
        harness.process(view(BEGIN + i, "i" + i));
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

      harness.process(view(BEGIN + 6 * MINUTE, "i7"));
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
    try (var harness = open(tracker(strict, LearnPhases.ALWAYS), null, 1, 1, 0)) {
      for (int i = 0; i < 3; i++) {
        harness.process(view(BEGIN + i, "i" + i));
      }
      SessionItems taught = harness.take().get(1).session();
      harness.takeSide(SessionTracker.ITEM_CLICKS);

      harness.process(view(BEGIN + 3, "i3"));

      List<PostingMessage> messages = harness.take();
      assertThat(messages).extracting(PostingMessage::kind).containsOnly(PostingMessage.RETRACT);
      assertThat(messages).extracting(PostingMessage::item).contains("i0", "i1", "i2");
      assertThat(messages).allMatch(message -> message.session().id() == taught.id());
      harness.process(view(BEGIN + 4, "i4"));
      assertThat(harness.take()).isEmpty();
      assertThat(harness.takeSide(SessionTracker.ITEM_CLICKS)).isEmpty();
    }
  }

  @Test
  void probeAsksWithoutTeaching() throws Exception {
    SessionTracker probing = tracker(SessionSettings.DEFAULT, LearnPhases.ASK_ONLY);
    try (var harness = open(probing, null, 1, 1, 0)) {
      for (int i = 0; i < 7; i++) {
        harness.process(view(BEGIN + i, "i" + i));
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
    List<Timed<Click>> clicks = clicks(seed);
    List<String> undisturbed = new ArrayList<>();
    try (var harness = open()) {
      for (Timed<Click> click : clicks) {
        feed(harness, click, undisturbed);
      }
    }

    List<String> restored = new ArrayList<>();
    var harness = open();
    for (int i = 0; i < clicks.size(); i++) {
      if (i % 37 == 0) {
        OperatorSubtaskState state = harness.snapshot();
        harness.close();
        harness = open(tracker(SessionSettings.DEFAULT, LearnPhases.ALWAYS), state, 1, 1, 0);
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
    List<Timed<Click>> clicks = clicks(seed);
    int half = clicks.size() / 2;
    List<String> undisturbed = new ArrayList<>();
    OperatorSubtaskState state;
    try (var harness = open()) {
      List<String> before = new ArrayList<>();
      for (Timed<Click> click : clicks.subList(0, half)) {
        feed(harness, click, before);
      }
      state = harness.snapshot();
      for (Timed<Click> click : clicks.subList(half, clicks.size())) {
        feed(harness, click, undisturbed);
      }
    }

    List<String> rescaled = new ArrayList<>();
    List<KeyedHarness<Timed<Click>, PostingMessage>> subtasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      subtasks.add(open(tracker(SessionSettings.DEFAULT, LearnPhases.ALWAYS), state, 1, 3, i));
    }
    for (Timed<Click> click : clicks.subList(half, clicks.size())) {
      int owner = KeyedHarness.subtaskOf(click.event().visitorId(), 3);
      subtasks.get(owner).process(click);
      for (KeyedHarness<Timed<Click>, PostingMessage> subtask : subtasks) {
        subtask.watermark(click.event().eventTime() - 5_001);
        drain(subtask, rescaled);
      }
    }
    subtasks.forEach(KeyedHarness::close);

    assertThat(rescaled).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  @Test
  void savesAndMergesTheStateOfAllSubtasks() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (var harness =
          open(tracker(SessionSettings.DEFAULT, LearnPhases.ALWAYS), null, 1, 2, i)) {
        for (int visitor = 0; visitor < 20; visitor++) {
          if (KeyedHarness.subtaskOf("v" + visitor, 2) == i) {
            harness.process(view("e", BEGIN, "v" + visitor, "a"));
          }
        }
        states.add(harness.snapshot());
      }
    }
    OperatorSubtaskState packed =
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new));

    try (var harness =
        open(tracker(SessionSettings.DEFAULT, LearnPhases.ALWAYS), packed, 2, 1, 0)) {
      for (int visitor = 0; visitor < 20; visitor++) {
        harness.process(view("f", BEGIN + 1, "v" + visitor, "b"));
      }
      assertThat(harness.take())
          .hasSize(40)
          .allSatisfy(message -> assertThat(message.session().items()).containsExactly("a", "b"));
    }
  }

  private static void feed(
      KeyedHarness<Timed<Click>, PostingMessage> harness, Timed<Click> click, List<String> out)
      throws Exception {
    harness.process(click);
    harness.watermark(click.event().eventTime() - 5_001);
    drain(harness, out);
  }

  private static void drain(KeyedHarness<Timed<Click>, PostingMessage> harness, List<String> out) {
    harness.take().forEach(message -> out.add(message.toString()));
    harness.takeSide(SessionTracker.ITEM_CLICKS).forEach(click -> out.add(click.toString()));
  }

  /** Clicks of eight visitors by time: short and long pauses, named sessions, duplicates. */
  private static List<Timed<Click>> clicks(long seed) {
    Random random = new Random(seed);
    List<Timed<Click>> clicks = new ArrayList<>();
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
    List<Timed<Click>> repeated = new ArrayList<>();
    for (Timed<Click> click : clicks) {
      repeated.add(click);
      if (random.nextInt(20) == 0) {
        repeated.add(click);
      }
    }
    return repeated;
  }
}
