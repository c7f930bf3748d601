package io.millrace.operators.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.SessionSettings;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** Session trackers under test, and what is fed to them. */
final class Trackers {
  static final long BEGIN = 1_748_736_000_000L;
  static final long MINUTE = 60_000;

  /** So small that values go to state and come back all the time. */
  static final StateSettings TINY =
      new StateSettings(Duration.ofDays(30), Duration.ofDays(180), 2, 2);

  private Trackers() {}

  static TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> open(
      SessionSettings settings,
      LearnPhases phases,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    return new TwoInputHarness<>(
        new SessionTracker(settings, phases, TINY),
        event -> event.event().visitorId(),
        null,
        RecommendTypes.POSTING_MESSAGE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  static TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> open(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return open(SessionSettings.DEFAULT, LearnPhases.ALWAYS, state, before, parallelism, subtask);
  }

  static TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> open()
      throws Exception {
    return open(null, 1, 1, 0);
  }

  static Timed<VisitorEvent> timed(VisitorEvent event) {
    return new Timed<>(event, event.eventTime() + 7);
  }

  static Timed<VisitorEvent> view(String id, long time, String visitor, String item) {
    return timed(Click.view(id, time, visitor, item));
  }

  /** A view of visitor v. */
  static Timed<VisitorEvent> view(long time, String item) {
    return view("e" + time, time, "v", item);
  }

  /** The items of messages, in order. */
  static List<String> items(List<PostingMessage> messages) {
    return messages.stream().map(PostingMessage::item).toList();
  }
}
