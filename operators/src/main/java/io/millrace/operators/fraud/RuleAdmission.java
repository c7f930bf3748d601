package io.millrace.operators.fraud;

import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Topics;
import io.millrace.features.rule.RuleBook;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.types.EventTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * One for the job: takes in rules for all others, so that all agree on which there is room for and
 * since when each has been watching. The second input brings nothing but the time of events.
 *
 * <p>Metrics: {@code rules_admitted}, {@code rules_refused}.
 */
final class RuleAdmission extends AbstractStreamOperator<AdmittedRule>
    implements TwoInputStreamOperator<Fact<FraudRule>, Boolean, AdmittedRule> {
  /** Rules that there is no room for. */
  static final OutputTag<DeadLetter> REFUSED =
      new OutputTag<>("refused-rules", EventTypes.DEAD_LETTER);

  private transient RuleBook book;
  private transient ListState<AdmittedRule> stored;
  private transient ListState<Long> storedTime;
  private transient long time;
  private transient Counter refused;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    book = new RuleBook();
    stored =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("admitted-rules", AdmittedRule.TYPE.serializer()));
    storedTime =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("admission-time", LongSerializer.INSTANCE));
    for (long before : storedTime.get()) {
      time = Math.max(time, before);
    }
    for (AdmittedRule rule : stored.get()) {
      book.restore(rule.rule(), rule.since());
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    refused = getMetricGroup().counter("rules_refused");
    getMetricGroup().gauge("rules_admitted", () -> book.entries().size());
  }

  @Override
  public void processElement1(StreamRecord<Fact<FraudRule>> element) {
    Fact<FraudRule> fact = element.getValue();
    if (fact.isDeleted()) {
      if (book.remove(fact.key())) {
        output.collect(new StreamRecord<>(AdmittedRule.deleted(fact.key())));
      }
      return;
    }
    FraudRule rule = fact.value();
    try {
      RuleBook.Entry entry = book.put(rule, time);
      output.collect(new StreamRecord<>(new AdmittedRule(rule.ruleId(), rule, entry.since())));
    } catch (InvalidEventException e) {
      refused.inc();
      output.collect(
          REFUSED,
          new StreamRecord<>(
              DeadLetter.of(Topics.FRAUD_RULES, 0, -1, FraudRuleCodec.encode(rule), e, clock())));
    }
  }

  private long clock() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void processElement2(StreamRecord<Boolean> element) {
    throw new IllegalStateException("the second input brings nothing but time");
  }

  @Override
  public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark mark)
      throws Exception {
    time = Math.max(time, mark.getTimestamp());
    super.processWatermark(mark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<AdmittedRule> rules = new ArrayList<>();
    for (RuleBook.Entry entry : book.entries()) {
      FraudRule rule = entry.compiled().rule();
      rules.add(new AdmittedRule(rule.ruleId(), rule, entry.since()));
    }
    stored.update(rules);
    storedTime.update(List.of(time));
  }
}
