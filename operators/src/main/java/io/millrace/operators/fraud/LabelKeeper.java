package io.millrace.operators.fraud;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.Lesson;
import io.millrace.features.fraud.MaturingSettings;
import io.millrace.features.watch.KindLabels;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.fraud.ToLabels.Outcome;
import io.millrace.operators.kafka.Fact;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By order: gathers what entities tell of a payment that is settled, asks labels about it, and
 * keeps which entities it named until its own label matures, when they are told what it was. It
 * stands between the signals that labels do not move, which say whether a fraud is explained, and
 * those that they do. What labels are asked and told is a side output.
 */
final class LabelKeeper extends AbstractStreamOperator<Passage>
    implements TwoInputStreamOperator<Passage, Fact<FraudLabel>, Passage>,
        Triggerable<String, VoidNamespace> {
  static final OutputTag<ToLabels> TO_LABELS = new OutputTag<>("settled to labels", ToLabels.TYPE);

  /** Bits of what is explained in each of the numbers that a payment keeps. */
  private static final int BITS = 31;

  private final PlanSupplier plan;
  private final MaturingSettings maturing;
  private final WatchSettings settings;

  private transient List<KindLabels> labels;
  private transient Gathering gathering;
  private transient MaturingPayments payments;

  LabelKeeper(PlanSupplier plan, MaturingSettings maturing, WatchSettings settings) {
    this.plan = plan;
    this.maturing = maturing;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    SignalPlan signals = plan.get();
    labels = signals.labels();
    if (labels.size() > BITS) {
      throw new IllegalArgumentException(
          labels.size() + " entities with labels; declare " + BITS + " at most");
    }
    gathering = new Gathering("settled-orders", signals.declaration(), this, context);
    payments = new MaturingPayments("labelled-orders", maturing, settings, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    payments.open(getInternalTimerService("labels", VoidNamespaceSerializer.INSTANCE, this));
  }

  @Override
  public void processElement1(StreamRecord<Passage> element) throws Exception {
    Passage passage = element.getValue();
    if (passage.phase() == Phase.FORGET) {
      gathering.forget(passage);
      payments.forget(passage.order());
      forEach(
          passage.trail(),
          (i, id) ->
              tell(
                  ToLabels.forget(labels.get(i).name(), id, passage.order(), passage.upTo()),
                  passage.upTo()));
      output.collect(element);
      return;
    }
    Passage whole = gathering.add(passage);
    if (whole != null) {
      if (!labels.isEmpty()) {
        keep(whole);
      }
      long asked =
          ToLabels.ask(
              Phase.SETTLE, labels, whole.payment(), question -> tell(question, question.time()));
      output.collect(element.replace(whole.asking(asked)));
    }
  }

  /** Who of a trail is looked at by labels, and in which of the ways. */
  private void forEach(Trail trail, BiConsumer<Integer, String> what) {
    for (int i = 0; i < labels.size(); i++) {
      String id = trail.id(labels.get(i).kind());
      if (id != null) {
        what.accept(i, id);
      }
    }
  }

  private void tell(ToLabels news, long time) {
    output.collect(TO_LABELS, new StreamRecord<>(news, time));
  }

  private void keep(Passage passage) throws IOException {
    Order order = passage.payment();
    int explained = 0;
    for (int i = 0; i < labels.size(); i++) {
      explained |= labels.get(i).explains(passage.signals()) ? 1 << i : 0;
    }
    payments.arrive(
        order.orderId(),
        order.eventTime(),
        Passage.tie(order),
        new int[] {explained},
        Trail.of(order));
  }

  @Override
  public void processElement2(StreamRecord<Fact<FraudLabel>> element) throws Exception {
    if (!element.getValue().isDeleted() && !labels.isEmpty()) {
      payments.label(element.getValue().value());
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    payments.due(
        timer,
        (lesson, payment) ->
            forEach(
                payment.trail(),
                (i, id) -> tell(learn(i, id, lesson, payment, timer), timer.getTimestamp())));
  }

  private ToLabels learn(
      int which,
      String id,
      Lesson lesson,
      KeptPayment payment,
      InternalTimer<String, VoidNamespace> timer) {
    boolean explained = (lesson.active()[0] & 1 << which) != 0;
    return ToLabels.learn(
        labels.get(which).name(),
        id,
        timer.getKey(),
        lesson.time(),
        payment.mark(),
        new Outcome(lesson.fraud(), lesson.correction(), explained));
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("labels mature in event time only");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    payments.flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    gathering.snapshot();
  }

  @Override
  public void finish() throws Exception {
    payments.flush();
    super.finish();
  }
}
