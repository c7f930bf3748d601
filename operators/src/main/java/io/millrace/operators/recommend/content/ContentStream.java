package io.millrace.operators.recommend.content;

import io.millrace.features.event.CatalogItem;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.recommend.FillIn;
import io.millrace.operators.recommend.RecommendSettings;
import io.millrace.operators.recommend.RecommendUids;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * From the catalogue to items of like content. Half as many subtasks as elsewhere: while a new
 * catalogue is compared, for minutes, every one of them is busy, and clicks need their time too.
 */
public final class ContentStream {
  /** Some 50 MB a subtask. */
  private static final int MOST_WAITING = 500_000;

  private ContentStream() {}

  /** The fill-ins of all items, whenever they change. */
  public static DataStream<FillIn> of(
      DataStream<Fact<CatalogItem>> contents, RecommendSettings settings) {
    int cached = settings.state().cachedItems();
    int subtasks = (contents.getExecutionEnvironment().getParallelism() + 1) / 2;
    return contents
        .keyBy(Fact::key, Types.STRING)
        .transform(
            "content signer", BandMessage.TYPE, new ContentSigner(settings.content(), cached))
        .uid(RecommendUids.CONTENT_SIGNER)
        .setParallelism(subtasks)
        .keyBy(BandMessage::key, Types.STRING)
        .transform(
            "content buckets", PairMessage.TYPE, new ContentBuckets(settings.content(), cached))
        .uid(RecommendUids.CONTENT_BUCKETS)
        .setParallelism(subtasks)
        .keyBy(PairMessage::item, Types.STRING)
        .transform(
            "content neighbours",
            FillIn.TYPE,
            new ContentNeighbours(settings.writes(), MOST_WAITING))
        .uid(RecommendUids.CONTENT_NEIGHBOURS)
        .setParallelism(subtasks);
  }
}
