package io.millrace.operators.recommend;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.ranking.Bucket;
import io.millrace.features.ranking.Buckets;
import io.millrace.features.ranking.RankingCandidates;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.ranking.RankingModels;
import io.millrace.operators.types.EventTypes;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the candidates of an ask in the order of the visitor's bucket: by a version of the model, or
 * as the neighbours have them, also while there is no such version.
 */
final class ListRanking {
  private static final Logger LOG = LoggerFactory.getLogger(ListRanking.class);

  private final Buckets buckets;

  /** Whether candidates that no neighbour speaks for are left out. */
  private final boolean founded;

  private final AbstractStreamOperator<?> operator;
  private final RankingFeatures features;
  private final RankingModels models;
  private final ListState<ModelSnapshot> modelState;
  private Counter refused;

  /** Of the version heard last; read by whoever reports metrics, as are those below. */
  private volatile long newestVersion = LastList.NO_MODEL;

  /** Event time of the newest example of any version. */
  private volatile long newestExample = Long.MIN_VALUE;

  private volatile long newestAsk = Long.MIN_VALUE;
  private volatile long missing;

  /**
   * An ask's candidates in order.
   *
   * @param bucket of the visitor
   * @param candidates best first
   * @param model version of the model that put them so, {@link LastList#NO_MODEL} if none did
   * @param described what ranking knows of them, null where that is of no use
   */
  record Ranked(
      String bucket, List<Candidate> candidates, long model, RankingCandidates described) {}

  /**
   * Made in the operator's {@code initializeState}.
   *
   * @param fillUp whether lists are filled up by what is no candidate
   * @param sessionItems which items of a session may be in its list
   */
  ListRanking(
      Buckets buckets,
      boolean fillUp,
      SessionItemsPolicy sessionItems,
      AbstractStreamOperator<?> operator,
      StateInitializationContext context)
      throws Exception {
    this.buckets = buckets;
    this.founded = fillUp || sessionItems != SessionItemsPolicy.KEEP;
    this.operator = operator;
    this.features = new RankingFeatures(sessionItems);
    this.models = new RankingModels(buckets.frozen());
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
    operator.getMetricGroup().gauge("ranking_version", () -> newestVersion);
    operator.getMetricGroup().gauge("ranking_behind_seconds", this::behindSeconds);
    operator.getMetricGroup().gauge("frozen_versions_missing", () -> missing);
    missing = countMissing();
  }

  /** Event time of which the newest version knows nothing, -1 while there is none. */
  private long behindSeconds() {
    return newestVersion == LastList.NO_MODEL ? -1 : Math.max(0, newestAsk - newestExample) / 1_000;
  }

  /** Versions that lists are frozen at and which nobody has told of. */
  private long countMissing() {
    return buckets.frozen().stream()
        .filter(version -> version > 0 && !models.knows(version))
        .count();
  }

  /** A version was published; one that is not for these features leaves the last one in place. */
  void hear(ModelSnapshot snapshot) {
    if (RankingModel.is(snapshot) && !take(snapshot)) {
      refused.inc();
    }
  }

  private boolean take(ModelSnapshot snapshot) {
    try {
      models.put(snapshot);
      newestVersion = snapshot.version();
      newestExample = Math.max(newestExample, snapshot.eventTime());
      missing = countMissing();
      return true;
    } catch (InvalidEventException e) {
      LOG.warn("Version {} of the ranking is not used: {}", snapshot.version(), e.getMessage());
      return false;
    }
  }

  /**
   * Ranks the candidates of an ask.
   *
   * @param most candidates that are wanted
   * @param describe whether somebody will learn from them
   */
  Ranked rank(AnswerMessage[] answers, int most, boolean describe) {
    AnswerMessage first = answers[0];
    newestAsk = Math.max(newestAsk, first.ask().version());
    Bucket bucket = buckets.of(first.ask().visitor());
    RankingModel model =
        first.ask().context().profile()
            ? null
            : models.get(first.ask().context().segment(), bucket.order());
    PartialAnswer[] partials = OpenAsks.partials(answers);
    RankingCandidates described =
        model != null || describe
            ? features.of(partials, new SessionItems(0, 0, first.session()))
            : null;
    return model == null
        ? new Ranked(bucket.name(), AnswerMerge.best(partials, most), LastList.NO_MODEL, described)
        : new Ranked(bucket.name(), byModel(described, model), model.version(), described);
  }

  /**
   * That an item was looked at in the session is no reason to put it before what fills up, nor to
   * come back to it in lists that leave out what is looked at.
   */
  private List<Candidate> byModel(RankingCandidates described, RankingModel model) {
    List<Candidate> ranked = described.rankedBy(model);
    return founded
        ? ranked.stream().filter(candidate -> candidate.sessions() > 0).toList()
        : ranked;
  }

  /** To be called where the operator snapshots its state. */
  void snapshot() throws Exception {
    boolean writer = operator.getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    modelState.update(writer ? models.all() : List.of());
  }
}
