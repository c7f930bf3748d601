package io.millrace.operators.recommend;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.session.SessionSettings;
import io.millrace.features.trend.HourCounts;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** Session trackers under test, and what is fed to them. */
final class Trackers {
  static final long BEGIN = 1_748_736_000_000L;
  static final long MINUTE = 60_000;

  /** So small that values go to state and come back all the time. */
  static final StateSettings TINY =
      new StateSettings(Duration.ofDays(30), Duration.ofDays(180), 2, 2);

  private Trackers() {}

  /** What one click counts in trends. */
  static ItemClick counted(String item, long time) {
    return new ItemClick(item, HourCounts.hourOf(time), 1, time);
  }

  static TwoInputHarness<Timed<VisitorEvent>, VisitorNotice, PostingMessage> open(
      SessionSettings settings,
      LearnPhases phases,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    return new TwoInputHarness<>(
        new SessionTracker(settings, SegmentBy.CHANNEL, phases, TINY),
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

  /** An event that names no item. */
  static Timed<VisitorEvent> search(long time, String visitor) {
    return click(ClickType.SEARCH, time, visitor, null, List.of());
  }

  static Timed<VisitorEvent> list(long time, String visitor, String... items) {
    return click(ClickType.VIEW_ITEM_LIST, time, visitor, null, List.of(items));
  }

  static Timed<VisitorEvent> select(long time, String visitor, String item) {
    return click(ClickType.SELECT_ITEM, time, visitor, item, List.of());
  }

  private static Timed<VisitorEvent> click(
      ClickType type, long time, String visitor, String item, List<String> items) {
    String id = type + "-" + time;
    return timed(new Click(id, type, time, visitor, item, items, null, Click.Details.NONE));
  }

  /** An order of one piece of each item. */
  static Timed<VisitorEvent> order(String order, long time, String visitor, String... items) {
    List<Order.Line> lines =
        Stream.of(items).map(item -> new Order.Line(item, 1, null, null)).toList();
    return timed(Order.placed("p-" + order, order, time, visitor, "EUR", lines));
  }

  static Timed<VisitorEvent> cancel(String order, long time, String visitor) {
    return timed(Order.became("c-" + order, order, OrderStatus.CANCELLED, time, visitor));
  }

  static VisitorNotice erasure(String visitor, long upTo) {
    return VisitorNotice.of(new Erasure(visitor, upTo));
  }

  /** A control that leaves a visitor out. */
  static VisitorNotice exclusion(String control, String visitor, Long expiresAt) {
    Control.Target target = new Control.Target(Control.Target.VISITOR, visitor);
    return VisitorNotice.of(
        new Fact<>(
            control, new Control(control, Control.Kind.EXCLUDE, target, "x", null, expiresAt), 0));
  }

  static VisitorNotice lifted(String control) {
    return VisitorNotice.of(new Fact<Control>(control, null, 0));
  }

  /** The part of an ask that carries its context. */
  static AskContext context(List<PostingMessage> messages) {
    return messages.stream()
        .filter(message -> message.is(PostingMessage.ASK) && message.ask().part() == 0)
        .reduce((one, other) -> other)
        .orElseThrow()
        .ask()
        .context();
  }

  /** Messages of a kind. */
  static List<PostingMessage> of(int kind, List<PostingMessage> messages) {
    return messages.stream().filter(message -> message.is(kind)).toList();
  }

  /** The items of messages, in order. */
  static List<String> items(List<PostingMessage> messages) {
    return messages.stream().map(PostingMessage::item).toList();
  }
}
