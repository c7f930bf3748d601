package io.millrace.operators.profile;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.Order;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the profile job hears.
 *
 * @param clicks valid and in time, event time as record timestamp
 * @param orders likewise
 * @param catalogue what the store says of items
 * @param controls what people decide
 * @param erasures whom to forget
 */
public record ProfileInputs(
    DataStream<Timed<Click>> clicks,
    DataStream<Timed<Order>> orders,
    DataStream<Fact<CatalogItem>> catalogue,
    DataStream<Fact<Control>> controls,
    DataStream<Fact<Erasure>> erasures) {}
