package io.millrace.jobs.evaluate;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.ListLevel;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.TrendList;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.redis.RedisWrite;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds each list against what its visitor did next, and beside it what the job itself said was
 * trending in the store (second input). Opens the gate when a watermark has come through.
 */
final class LiveScorer extends AbstractStreamOperator<Integer>
    implements TwoInputStreamOperator<Timed<RecommendationList>, RedisWrite, Integer> {
  private static final long serialVersionUID = 1;

  /** No item has this id. */
  private static final String NOTHING = "";

  private final LiveSet set;
  private transient LiveInput input;
  private transient List<String> trending;

  LiveScorer(LiveSet set) {
    this.set = set;
  }

  @Override
  public void open() throws Exception {
    super.open();
    input = LiveInput.of(set);
    trending = List.of();
  }

  @Override
  public void processElement1(StreamRecord<Timed<RecommendationList>> element) {
    Timed<RecommendationList> timed = element.getValue();
    int click = (int) timed.origin() - 1;
    if (click < 0) {
      // Nobody asked for it: items were taken out of an older list.
      return;
    }
    String category = input.category(input.clicked(click));
    for (LiveTargets.Target target : input.targets(click)) {
      input
          .tally()
          .add(
              target.kind(),
              // The entry came with those of its round; before its time it foresees nothing.
              input.isListed(target.item(), click) ? target.item() : NOTHING,
              timed.event().items(),
              trending,
              item -> level(item, category));
    }
  }

  private ListLevel level(RecommendationList.Item item, String category) {
    return ListLevel.of(
        item.reason().type(), Objects.equals(input.category(item.itemId()), category));
  }

  @Override
  public void processElement2(StreamRecord<RedisWrite> element) {
    RedisWrite write = element.getValue();
    if (write.key().equals(RedisKeys.TREND_ALL)) {
      trending =
          DecisionJson.readTrend(write.value()).items().stream()
              .map(TrendList.Item::itemId)
              .toList();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    input.gate().listed(mark.getTimestamp());
  }
}
