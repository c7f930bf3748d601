package io.millrace.operators.fraud;

import io.millrace.features.event.Click;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.Order;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Everything the fraud job hears.
 *
 * @param orders which carry the time of events
 * @param clicks null for none
 * @param labels null for none
 * @param rules null for none
 * @param controls null for none
 * @param erasures null for none
 * @param models what was published; null where the job's own learner is heard directly, as in the
 *     evaluation of a recording
 */
public record FraudInputs(
    DataStream<Timed<Order>> orders,
    DataStream<Timed<Click>> clicks,
    DataStream<Fact<FraudLabel>> labels,
    DataStream<Fact<FraudRule>> rules,
    DataStream<Fact<Control>> controls,
    DataStream<Fact<Erasure>> erasures,
    DataStream<Fact<ModelSnapshot>> models) {}
