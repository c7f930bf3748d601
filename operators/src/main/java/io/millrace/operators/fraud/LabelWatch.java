package io.millrace.operators.fraud;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.LabelledRisk;
import io.millrace.features.watch.KindLabels;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.fraud.Passage.Phase;
import io.millrace.operators.state.AwaitedKeys;
import io.millrace.operators.state.HeapValues;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By entity, in each of the ways in which labels are looked at: tells what matured labels say of it
 * to payments that ask. One that arrives is told what is known; one that is settled, when the
 * watermark has passed it, by when all labels have come that were mature. What is told of settled
 * payments is a side output.
 */
final class LabelWatch extends AbstractStreamOperator<Passage>
    implements OneInputStreamOperator<ToLabels, Passage> {
  static final OutputTag<Passage> SETTLED = new OutputTag<>("settled by labels", Passage.TYPE);

  /** So much longer than any correction is heard labels stay as they were put, one by one. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final PlanSupplier plan;
  private final WatchSettings settings;
  private final Duration corrections;

  private transient FraudDeclaration declaration;
  private transient Map<String, Way> ways;
  private transient AwaitedKeys awaited;
  private transient HeapValues<AwaitedPayments> payments;
  private transient long watermark;

  /**
   * One of the ways.
   *
   * @param part that it tells
   */
  private record Way(int part, KindLabels labels, WriteBackCache<LabelledRisk> entities) {}

  /**
   * @param corrections for how long a label that contradicts is heard
   */
  LabelWatch(PlanSupplier plan, WatchSettings settings, Duration corrections) {
    this.corrections = corrections;
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    SignalPlan signals = plan.get();
    declaration = signals.declaration();
    watermark = Long.MIN_VALUE;
    awaited = new AwaitedKeys("awaited-labels", this, context);
    payments =
        new HeapValues<>(
            "payments-awaiting-labels",
            new AwaitedPayments.Codec(declaration.fingerprint()),
            this,
            context);
    ways = new HashMap<>();
    for (KindLabels labels : signals.labels()) {
      WriteBackCache<LabelledRisk> entities =
          new WriteBackCache<>(
              "labelled",
              "labelled-" + labels.name().replace('_', '-'),
              new LabelledRiskCodec(labels.rules()),
              settings.cached(),
              settings.retention(),
              this,
              context);
      ways.put(labels.name(), new Way(Passage.partOfLabels(ways.size()), labels, entities));
    }
  }

  @Override
  public void processElement(StreamRecord<ToLabels> element) throws Exception {
    ToLabels to = element.getValue();
    Way way = ways.get(to.way());
    switch (to.phase()) {
      case ARRIVE -> {
        double[] signals = signals(way, to.key(), to.time());
        output.collect(
            new StreamRecord<>(told(Phase.ARRIVE, to.payment(), way, signals), to.time()));
      }
      case SETTLE -> {
        if (to.time() <= watermark) {
          // After a silence time may come here by a shorter way; all labels have come, too.
          settle(to.payment(), way, signals(way, to.key(), to.time()));
        } else {
          awaited.add(to.time(), to.key());
          payments.get(to.key()).add(to.payment());
        }
      }
      case LEARN -> learn(to, way.entities().get(to.key()));
      case FORGET -> forget(to, way);
    }
  }

  private double[] signals(Way way, String key, long time) throws IOException {
    double[] signals = declaration.observation();
    way.labels().fill(signals, way.entities().get(key).value(), time);
    return signals;
  }

  private static Passage told(Phase phase, AwaitedPayment payment, Way way, double[] signals) {
    return Passage.told(phase, payment.order(), payment.eventId(), way.part(), signals, List.of());
  }

  private void learn(ToLabels to, WriteBackCache.Entry<LabelledRisk> entry) {
    LabelledRisk risk = entry.value();
    ToLabels.Outcome outcome = to.outcome();
    if (outcome.correction()) {
      risk.correct(to.time(), to.tie(), outcome.fraud());
    } else {
      risk.put(to.time(), to.tie(), outcome.fraud(), outcome.explained());
      forgetOld(risk);
    }
    entry.markChanged();
  }

  /**
   * By the watermark, for payments before it are settled. Labels may come from tasks that are far
   * ahead of those that payments still come from.
   */
  private void forgetOld(LabelledRisk risk) {
    if (watermark != Long.MIN_VALUE) {
      risk.forget(watermark - MARGIN.toMillis() - corrections.toMillis());
    }
  }

  /** Who was asked tells nothing then, so that nobody waits for it. */
  private void forget(ToLabels to, Way way) {
    AwaitedPayments asked = payments.peek(to.key());
    if (asked != null) {
      for (AwaitedPayment each : asked.take(to::isAbout)) {
        settle(each, way, null);
      }
    }
  }

  private void settle(AwaitedPayment payment, Way way, double[] signals) {
    output.collect(
        SETTLED, new StreamRecord<>(told(Phase.SETTLE, payment, way, signals), payment.time()));
  }

  /** All labels have come that were mature; payments have waited for no more than that. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    awaited.pass(watermark, this::settle);
    super.processWatermark(mark);
  }

  private void settle(String key) throws IOException {
    AwaitedPayments asked = payments.peek(key);
    // One that was asked by another declaration is not asked any more.
    if (asked != null) {
      Way way = ways.get(ToLabels.wayOf(key));
      for (AwaitedPayment each : asked.take(each -> each.time() <= watermark)) {
        settle(each, way, signals(way, key, each.time()));
      }
      if (asked.isEmpty()) {
        payments.remove(key);
      }
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  private void flush() throws IOException {
    for (Way way : ways.values()) {
      way.entities().flush();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    awaited.snapshot();
    payments.snapshot();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }
}
