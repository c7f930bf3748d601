package io.millrace.operators.recommend;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.ranking.FollowedAsks;
import io.millrace.features.ranking.InvalidExampleException;
import io.millrace.features.ranking.RankingCandidates;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.session.Hashes;
import io.millrace.features.session.VisitorIds;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.recommend.ranking.RankerLearner;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import io.millrace.operators.types.EventTypes;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the candidates of an ask in order: by the newest model, or as the neighbours have them while
 * there is none. For a sample of visitors it keeps the last candidates, and the visitor's next
 * click makes them an example.
 */
final class ListRanking {
  static final OutputTag<RankingExample> EXAMPLES =
      new OutputTag<>("ranking-examples", RankerLearner.EXAMPLE);

  private static final Logger LOG = LoggerFactory.getLogger(ListRanking.class);

  /** Visitors a subtask keeps on the heap, some 8 KB each. */
  private static final int CACHED = 1_000;

  /** Of the hash that draws the sample, so that it goes with no other split of visitors. */
  private static final long SALT = 0x72616E6B65720001L;

  private final RankingSettings settings;
  private final LearnPhases phases;
  private final boolean founded;
  private final ForgottenVisitors forgotten;
  private final Consumer<RankingExample> examples;
  private final AbstractStreamOperator<?> operator;
  private final RankingFeatures features;
  private final WriteBackCache<FollowedAsks> followed;
  private final ListState<ModelSnapshot> modelState;
  private RankingModel model;
  private Counter refused;
  private Counter notAmong;
  private Counter unusable;

  /**
   * An ask's candidates in order.
   *
   * @param candidates best first
   * @param model version of the model that put them so, {@link LastList#NO_MODEL} if none did
   */
  record Ranked(List<Candidate> candidates, long model) {}

  /**
   * Made in the operator's {@code initializeState}.
   *
   * @param phases which clicks teach
   * @param founded whether candidates that no neighbour speaks for are left to the fill-ins
   * @param examples takes those that are made
   */
  ListRanking(
      RankingSettings settings,
      LearnPhases phases,
      boolean founded,
      SessionItemsPolicy sessionItems,
      ForgottenVisitors forgotten,
      Consumer<RankingExample> examples,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.settings = settings;
    this.phases = phases;
    this.founded = founded;
    this.forgotten = forgotten;
    this.examples = examples;
    this.operator = operator;
    this.features = new RankingFeatures(sessionItems);
    this.followed =
        new WriteBackCache<>(
            "followed-asks",
            new Codec(settings.longest().toMillis()),
            CACHED,
            settings.longest().multipliedBy(2),
            operator,
            context);
    this.modelState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("ranking-model", EventTypes.MODEL_SNAPSHOT.serializer()));
    for (ModelSnapshot snapshot : modelState.get()) {
      take(snapshot);
    }
  }

  /** To be called in the operator's {@code open}. */
  void open() {
    refused = operator.getMetricGroup().counter("models_refused");
    notAmong = operator.getMetricGroup().counter("clicks_not_among_candidates");
    unusable = operator.getMetricGroup().counter("examples_unusable");
    operator
        .getMetricGroup()
        .gauge("ranking_version", () -> model == null ? LastList.NO_MODEL : model.version());
  }

  /** A version was published; one that is not for these features leaves the last one in place. */
  void hear(ModelSnapshot snapshot) {
    if (RankingModel.is(snapshot) && !take(snapshot)) {
      refused.inc();
    }
  }

  private boolean take(ModelSnapshot snapshot) {
    try {
      model = RankingModel.of(snapshot);
      return true;
    } catch (InvalidEventException e) {
      LOG.warn("Version {} of the ranking is not used: {}", snapshot.version(), e.getMessage());
      return false;
    }
  }

  /** The first answer to an ask has come, by which the click is known that asks. */
  void clicked(AnswerMessage first) throws IOException {
    if (followsUp(first)) {
      WriteBackCache.Entry<FollowedAsks> entry = followed.get(first.ask().visitor());
      FollowedAsks.Followed ask = entry.value().clicked(click(first));
      entry.markChanged();
      learn(ask, first.ask());
    }
  }

  /**
   * Ranks the candidates of an ask.
   *
   * @param most candidates that are wanted
   */
  Ranked rank(AnswerMessage[] answers, int most) throws IOException {
    PartialAnswer[] partials = OpenAsks.partials(answers);
    boolean ranks = settings.on() && model != null && !answers[0].ask().context().profile();
    boolean follows = followsUp(answers[0]);
    if (!ranks && !follows) {
      return new Ranked(AnswerMerge.best(partials, most), LastList.NO_MODEL);
    }
    RankingCandidates described =
        features.of(partials, new SessionItems(0, 0, answers[0].session()));
    if (follows) {
      follow(answers[0], described);
    }
    return ranks
        ? new Ranked(byModel(described), model.version())
        : new Ranked(AnswerMerge.best(partials, most), LastList.NO_MODEL);
  }

  /** That an item was looked at in the session is no reason to put it before what fills up. */
  private List<Candidate> byModel(RankingCandidates described) {
    List<Candidate> ranked = described.rankedBy(model);
    return founded
        ? ranked.stream().filter(candidate -> candidate.sessions() > 0).toList()
        : ranked;
  }

  private void follow(AnswerMessage first, RankingCandidates described) throws IOException {
    WriteBackCache.Entry<FollowedAsks> entry = followed.get(first.ask().visitor());
    FollowedAsks.Followed ask = entry.value().asked(click(first), described);
    entry.markChanged();
    learn(ask, first.ask());
  }

  private boolean followsUp(AnswerMessage first) {
    Ask ask = first.ask();
    return phases.learns(ask.version())
        && first.session().length > 0
        && !ask.context().profile()
        && isSampled(ask.visitor())
        && !forgotten.erased().excludes(VisitorIds.of(ask.visitor()));
  }

  private boolean isSampled(String visitor) {
    long hash = Hashes.mix(Hashes.of(visitor) ^ SALT);
    return (hash >>> 11) * 0x1p-53 < settings.visitors();
  }

  private static FollowedAsks.Click click(AnswerMessage first) {
    String[] session = first.session();
    long before = session.length > 1 ? Hashes.of(session[session.length - 2]) : 0;
    return new FollowedAsks.Click(
        first.ask().number(),
        first.ask().version(),
        Hashes.of(session[session.length - 1]),
        before);
  }

  private void learn(FollowedAsks.Followed ask, Ask of) {
    if (ask == null) {
      return;
    }
    if (ask.clicked() < 0) {
      notAmong.inc();
      return;
    }
    try {
      examples.accept(
          RankingExample.of(ask.time(), Hashes.of(of.visitor()), ask.features(), ask.clicked(), 1));
    } catch (InvalidExampleException e) {
      unusable.inc();
    }
  }

  /** Forgets what a visitor, the operator's current key, was asked for. */
  void forget(String visitor) throws IOException {
    WriteBackCache.Entry<FollowedAsks> entry = followed.get(visitor);
    if (!entry.value().isEmpty()) {
      entry.value().clear();
      entry.markChanged();
    }
  }

  void flush() throws IOException {
    followed.flush();
  }

  /** To be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    modelState.update(writer && model != null ? List.of(model.snapshot()) : List.of());
  }

  private record Codec(long waitMs) implements StateCodec<FollowedAsks> {
    @Override
    public FollowedAsks empty() {
      return new FollowedAsks(waitMs);
    }

    @Override
    public FollowedAsks decode(byte[] bytes) {
      return FollowedAsks.ofBytes(bytes, waitMs);
    }

    @Override
    public byte[] encode(FollowedAsks value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
