package io.millrace.operators.recommend;

import io.millrace.features.catalogue.ItemBits;
import io.millrace.features.catalogue.ItemTable;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.quality.QualityEvent;
import io.millrace.features.quality.ServedList;
import io.millrace.features.ranking.FollowedAsks;
import io.millrace.features.ranking.InvalidExampleException;
import io.millrace.features.ranking.PositionBias;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.session.Hashes;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.recommend.quality.QualityMeter;
import io.millrace.operators.recommend.ranking.RankerLearner;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * For a sample of visitors, keeps what they were last given until they click on: whether that was
 * in the list tells how good it is, and which candidate it was is an example of how to rank.
 */
final class ListFollowing {
  static final OutputTag<RankingExample> EXAMPLES =
      new OutputTag<>("ranking-examples", RankerLearner.EXAMPLE);

  /** What says how good lists are. */
  static final OutputTag<QualityEvent> QUALITY =
      new OutputTag<>("quality-events", QualityMeter.EVENT);

  /** Visitors a subtask keeps on the heap, some 8 KB each. */
  private static final int CACHED = 1_000;

  /** Of the hash that draws the sample, so that it goes with no other split of visitors. */
  private static final long SALT = 0x72616E6B65720001L;

  private final RankingSettings settings;
  private final LearnPhases phases;
  private final int epoch;
  private final ForgottenVisitors forgotten;
  private final ItemTable items;
  private final Output<?> output;
  private final WriteBackCache<FollowedAsks> followed;

  private final BucketVisitors visitors;
  private final Counter notAmong;
  private final Counter unusable;

  /**
   * Made in the operator's {@code initializeState}.
   *
   * @param phases which clicks teach
   * @param epoch of the versions lists have
   * @param sessionItems which items of a session may be in its list
   * @param retention time without a list after which a visitor is counted as a new one
   * @param items what is known of them
   */
  ListFollowing(
      RankingSettings settings,
      LearnPhases phases,
      SessionItemsPolicy sessionItems,
      int epoch,
      Duration retention,
      ForgottenVisitors forgotten,
      ItemTable items,
      Output<?> output,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context) {
    this.settings = settings;
    this.phases = phases;
    this.epoch = epoch;
    this.forgotten = forgotten;
    this.items = items;
    this.output = output;
    this.followed =
        new WriteBackCache<>(
            "followed-asks",
            new Codec(settings.longest().toMillis(), sessionItems == SessionItemsPolicy.KEEP),
            CACHED,
            settings.longest().multipliedBy(2),
            operator,
            context);
    this.visitors = new BucketVisitors(settings.buckets(), retention, context);
    this.notAmong = operator.getMetricGroup().counter("clicks_not_among_candidates");
    this.unusable = operator.getMetricGroup().counter("examples_unusable");
  }

  /** Whether it is kept what a visitor is given. */
  boolean follows(AnswerMessage first) {
    Ask ask = first.ask();
    return phases.learns(ask.version())
        && first.session().length > 0
        && !ask.context().profile()
        && Hashes.share(ask.visitor(), SALT) < settings.visitors()
        && !forgotten.erased().excludes(VisitorIds.of(ask.visitor()));
  }

  /** Whether somebody learns from a list's candidates. */
  boolean learnsFrom(AnswerMessage first) {
    return settings.learns() && follows(first);
  }

  /** The first answer to an ask has come, by which the click is known that asks. */
  void clicked(AnswerMessage first) throws IOException {
    if (follows(first)) {
      WriteBackCache.Entry<FollowedAsks> entry = followed.get(first.ask().visitor());
      FollowedAsks.Followed ask = entry.value().clicked(click(first));
      entry.markChanged();
      judge(ask, first.ask());
    }
  }

  /** A list was made. */
  void given(AnswerMessage first, ListRanking.Ranked ranked, List<Item> list) throws IOException {
    if (!follows(first)) {
      return;
    }
    Ask ask = first.ask();
    if (visitors.count()) {
      tell(QualityEvent.came(ask.version(), ranked.bucket(), Hashes.of(ask.visitor())));
    }
    int category = ItemBits.category(items.get(first.answer().source()));
    FollowedAsks.Given given =
        new FollowedAsks.Given(
            Hashes.of(Version.of(epoch, ask.version())),
            visitors.split(),
            ranked.bucket(),
            ask.context().segment(),
            ServedList.of(list, item -> isOf(category, item)));
    WriteBackCache.Entry<FollowedAsks> entry = followed.get(ask.visitor());
    FollowedAsks.Followed joined =
        entry.value().asked(click(first), given, settings.learns() ? ranked.described() : null);
    entry.markChanged();
    judge(joined, ask);
  }

  private boolean isOf(int category, Item item) {
    return category != ItemBits.NO_CATEGORY
        && ItemBits.category(items.get(item.itemId())) == category;
  }

  private static FollowedAsks.Click click(AnswerMessage first) {
    String[] session = first.session();
    long before = session.length > 1 ? Hashes.of(session[session.length - 2]) : 0;
    return new FollowedAsks.Click(
        first.ask().number(),
        first.ask().version(),
        Hashes.of(session[session.length - 1]),
        before,
        first.ask().context().chosen());
  }

  private void judge(FollowedAsks.Followed ask, Ask of) {
    if (ask == null) {
      return;
    }
    long visitor = Hashes.of(of.visitor());
    // What was given under another split is no part of this experiment.
    if (ask.given().split() == visitors.split()) {
      tell(
          new QualityEvent(
              ask.time(),
              ask.given().bucket(),
              visitor,
              ask.given().list(),
              ask.rank(),
              items.onSale()));
    }
    if (settings.learns()) {
      learn(ask, visitor);
    }
  }

  private void learn(FollowedAsks.Followed ask, long visitor) {
    if (ask.clicked() < 0) {
      notAmong.inc();
      return;
    }
    float weight = ask.place() < 0 ? 1 : PositionBias.weight(ask.place(), settings.positionBias());
    try {
      RankingExample example =
          RankingExample.of(
              ask.given().segment(), ask.time(), visitor, ask.features(), ask.clicked(), weight);
      output.collect(EXAMPLES, new StreamRecord<>(example));
    } catch (InvalidExampleException e) {
      unusable.inc();
    }
  }

  private void tell(QualityEvent event) {
    output.collect(QUALITY, new StreamRecord<>(event));
  }

  /** Forgets what a visitor, the operator's current key, was given. */
  void forget(String visitor) throws IOException {
    WriteBackCache.Entry<FollowedAsks> entry = followed.get(visitor);
    visitors.forget();
    if (!entry.value().isEmpty()) {
      entry.value().clear();
      entry.markChanged();
    }
  }

  void flush() throws IOException {
    followed.flush();
  }

  private record Codec(long waitMs, boolean repeats) implements StateCodec<FollowedAsks> {
    @Override
    public FollowedAsks empty() {
      return new FollowedAsks(waitMs, repeats);
    }

    @Override
    public FollowedAsks decode(byte[] bytes) {
      return FollowedAsks.ofBytes(bytes, waitMs, repeats);
    }

    @Override
    public byte[] encode(FollowedAsks value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
