package io.millrace.operators.recommend;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.Order;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import java.util.Objects;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the recommender hears; all but the clicks may be null where there is none.
 *
 * @param clicks valid and in time, event time as record timestamp
 * @param orders likewise
 * @param catalogue what the store says of items
 * @param contents the same once more, for what items are like; it takes longer, and what is hidden
 *     or sold out does not wait for it
 * @param controls what people decide
 * @param erasures whom to forget
 * @param models what was learned, also by this job
 * @param alerts of the fraud job: whom to leave out
 */
public record RecommendInputs(
    DataStream<Timed<Click>> clicks,
    DataStream<Timed<Order>> orders,
    DataStream<Fact<CatalogItem>> catalogue,
    DataStream<Fact<CatalogItem>> contents,
    DataStream<Fact<Control>> controls,
    DataStream<Fact<Erasure>> erasures,
    DataStream<Fact<ModelSnapshot>> models,
    DataStream<Fact<FraudAlert>> alerts) {
  public RecommendInputs {
    Objects.requireNonNull(clicks, "clicks");
  }

  /** Nothing but clicks. */
  public static RecommendInputs of(DataStream<Timed<Click>> clicks) {
    return new RecommendInputs(clicks, null, null, null, null, null, null, null);
  }
}
