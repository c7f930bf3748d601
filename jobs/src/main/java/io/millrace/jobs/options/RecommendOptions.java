package io.millrace.jobs.options;

import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.cascade.CascadeSettings.AdultPolicy;
import io.millrace.features.content.ContentSettings;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import io.millrace.features.session.SessionSettings;
import io.millrace.operators.recommend.BundleWriteSettings;
import io.millrace.operators.recommend.StateSettings;
import io.millrace.operators.recommend.WriteSettings;
import java.time.Duration;
import java.util.List;

/** The recommendation job. */
public final class RecommendOptions {
  private static final SessionSettings SESSION = SessionSettings.DEFAULT;
  private static final NeighbourSettings NEIGHBOUR = NeighbourSettings.DEFAULT;
  private static final WriteSettings WRITE = WriteSettings.DEFAULT;
  private static final CascadeSettings CASCADE = CascadeSettings.DEFAULT;
  private static final BundleSettings BUNDLE = BundleSettings.DEFAULT;
  private static final ContentSettings CONTENT = ContentSettings.DEFAULT;
  private static final StateSettings STATE = StateSettings.DEFAULT;

  /** Whether events teach. */
  public static final Option<Boolean> LEARN =
      Option.booleanOption(
          "recommend.learn",
          true,
          "Whether events change what is known; false only asks, for probes and frozen"
              + " evaluations.");

  /** Items of a list. */
  public static final Option<Integer> LIST_SIZE =
      Option.intOption(
          "recommend.list-size", CASCADE.listSize(), 1, 50, "Items of a recommendation list.");

  /** What becomes of the items of the visitor's session. */
  public static final Option<SessionItemsPolicy> SESSION_ITEMS =
      Option.enumOption(
          "recommend.session-items",
          NEIGHBOUR.sessionItems(),
          "Whether items of the visitor's own session may be recommended: keep all, drop-current"
              + " leaves out the one looked at, drop leaves out all.");

  /** Idle time that ends a session. */
  public static final Option<Duration> SESSION_GAP =
      Option.durationOption(
          "recommend.session-gap",
          Duration.ofMillis(SESSION.gapMs()),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Idle time after which a visitor's session ends, where events carry no session_id.");

  /** Event time within which older items of a session learn of it. */
  public static final Option<Duration> FLUSH_INTERVAL =
      Option.durationOption(
          "recommend.flush-interval",
          Duration.ofMillis(SESSION.flushMs()),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Event time within which the older items of a session learn of its newest clicks; the"
              + " newest few learn at once.");

  /** Newest distinct items that a click asks and tells at once. */
  public static final Option<Integer> ASKED_ITEMS =
      Option.intOption(
          "recommend.asked-items",
          NEIGHBOUR.asked(),
          1,
          20,
          "Newest distinct items of the session that each click asks, and tells at once.");

  /** Sessions kept for an item. */
  public static final Option<Integer> SESSIONS_PER_ITEM =
      Option.intOption(
          "recommend.sessions-per-item",
          NEIGHBOUR.sessionsPerItem(),
          1,
          1_000,
          "Newest sessions kept for each item (M); more cost state and time.");

  /** Candidates in a partial answer. */
  public static final Option<Integer> PARTIAL_ANSWER_SIZE =
      Option.intOption(
          "recommend.partial-answer-size",
          NEIGHBOUR.partialSize(),
          1,
          1_000,
          "Best candidates with which each asked item answers.");

  /** Rate limit on bots. */
  public static final Option<Integer> MAX_CLICKS_PER_MINUTE =
      Option.intOption(
          "recommend.max-clicks-per-minute",
          SESSION.maxClicksPerMinute(),
          0,
          1_000_000,
          "A session with more clicks in a minute is taken for a bot's and left out; 0 is no"
              + " limit.");

  /** Breadth limit on bots. */
  public static final Option<Integer> MAX_SESSION_BREADTH =
      Option.intOption(
          "recommend.max-session-breadth",
          SESSION.maxBreadth(),
          0,
          1_000_000,
          "A session that moves to another item more often is taken for a bot's and left out; 0 is"
              + " no limit.");

  /** Time between two writes of an item's similar items. */
  public static final Option<Duration> SIMILAR_INTERVAL =
      Option.durationOption(
          "recommend.similar-interval",
          WRITE.similarInterval(),
          Duration.ofMillis(10),
          Duration.ofHours(1),
          "Least time between two writes of an item's similar items.");

  /** Time between two writes of a trend list. */
  public static final Option<Duration> TREND_INTERVAL =
      Option.durationOption(
          "recommend.trend-interval",
          WRITE.trendInterval(),
          Duration.ofMillis(10),
          Duration.ofHours(1),
          "Least time between two writes of a trend list.");

  /** Time after which state is thrown away. */
  public static final Option<Duration> STATE_RETENTION =
      Option.durationOption(
          "recommend.state-retention",
          STATE.retention(),
          Duration.ofHours(1),
          Duration.ofDays(3650),
          "Time (by the clock) without an event after which what is known of a visitor or an item"
              + " is thrown away.");

  /** Visitors on the heap. */
  public static final Option<Integer> CACHED_VISITORS =
      Option.intOption(
          "recommend.cached-visitors",
          STATE.cachedVisitors(),
          1,
          10_000_000,
          "Visitors that each subtask keeps decoded on the heap.");

  /** Items on the heap. */
  public static final Option<Integer> CACHED_ITEMS =
      Option.intOption(
          "recommend.cached-items",
          STATE.cachedItems(),
          1,
          10_000_000,
          "Items whose sessions each subtask keeps decoded on the heap, about 8 KB each.");

  /** Time after which orders are thrown away. */
  public static final Option<Duration> ORDER_RETENTION =
      Option.durationOption(
          "recommend.order-retention",
          STATE.orderRetention(),
          Duration.ofHours(1),
          Duration.ofDays(3650),
          "Time (by the clock) after a visitor's newest order after which their orders are thrown"
              + " away; until then what was bought is not recommended again.");

  /** Time between two sweeps. */
  public static final Option<Duration> SWEEP_INTERVAL =
      Option.durationOption(
          "recommend.sweep-interval",
          WRITE.sweepInterval(),
          Duration.ofMillis(50),
          Duration.ofHours(1),
          "Least time between two sweeps that take items that went out of the lists of visitors"
              + " active lately; more where they would take over a fifth of the time.");

  /** What becomes of items for adults. */
  public static final Option<AdultPolicy> ADULT_ITEMS =
      Option.enumOption(
          "recommend.adult-items",
          CASCADE.adult(),
          "Who is recommended items for adults only: hide for nobody, match for those who look at"
              + " one, show for everybody.");

  /** Most of a list that a category takes. */
  public static final Option<Double> CATEGORY_SHARE =
      Option.doubleOption(
          "recommend.category-share",
          CASCADE.categoryShare(),
          0.05,
          1,
          "Share of a list that the neighbours of one category may take before those of others go"
              + " ahead; 1 is no limit.");

  /** Weight of what was passed over. */
  public static final Option<Double> PASSED_OVER_WEIGHT =
      Option.doubleOption(
          "recommend.passed-over-weight",
          CASCADE.passedOverWeight(),
          0.01,
          1,
          "What is left of an item's score for every list in which the visitor was shown it and"
              + " passed it over; 1 takes no notice.");

  /** Categories that may be bought again. */
  public static final Option<List<String>> REPEATABLE_CATEGORIES =
      Option.listOption(
          "recommend.repeatable-categories",
          "Categories (paths, with all below them, separated by commas) whose items are"
              + " recommended again after they were bought.");

  /** Orders kept for an item. */
  public static final Option<Integer> ORDERS_PER_ITEM =
      Option.intOption(
          "recommend.orders-per-item",
          BUNDLE.ordersPerItem(),
          1,
          1_000,
          "Newest orders kept for each item, from which bundles are made.");

  /** Orders that make a bundle. */
  public static final Option<Integer> MINIMUM_ORDERS =
      Option.intOption(
          "recommend.bundle-minimum-orders",
          BUNDLE.minimumOrders(),
          1,
          1_000,
          "Orders that must hold two items for them to be a bundle; where no item reaches that,"
              + " one is enough.");

  /** Time between two writes of a bundle. */
  public static final Option<Duration> BUNDLE_INTERVAL =
      Option.durationOption(
          "recommend.bundle-interval",
          BundleWriteSettings.DEFAULT.interval(),
          Duration.ofMillis(10),
          Duration.ofHours(1),
          "Least time between two writes of an item's bundle.");

  /** Bands of a signature. */
  public static final Option<Integer> CONTENT_BANDS =
      Option.intOption(
          "recommend.content-bands",
          CONTENT.bands(),
          1,
          64,
          "Bands of the MinHash signature by which items of like content find each other; more"
              + " find less like ones and cost more.");

  /** Rows of a band. */
  public static final Option<Integer> CONTENT_ROWS =
      Option.intOption(
          "recommend.content-rows",
          CONTENT.rows(),
          1,
          8,
          "Hashes of a band; more find only those more alike.");

  /** Least likeness. */
  public static final Option<Double> CONTENT_SIMILARITY =
      Option.doubleOption(
          "recommend.content-similarity",
          CONTENT.minSimilarity(),
          0,
          1,
          "Least share of their words and attributes (Jaccard) that two items of like content have"
              + " in common.");

  static final List<Option<?>> ALL =
      List.of(
          LEARN,
          LIST_SIZE,
          SESSION_ITEMS,
          SESSION_GAP,
          FLUSH_INTERVAL,
          ASKED_ITEMS,
          SESSIONS_PER_ITEM,
          PARTIAL_ANSWER_SIZE,
          MAX_CLICKS_PER_MINUTE,
          MAX_SESSION_BREADTH,
          SIMILAR_INTERVAL,
          TREND_INTERVAL,
          STATE_RETENTION,
          ORDER_RETENTION,
          SWEEP_INTERVAL,
          ADULT_ITEMS,
          CATEGORY_SHARE,
          PASSED_OVER_WEIGHT,
          REPEATABLE_CATEGORIES,
          ORDERS_PER_ITEM,
          MINIMUM_ORDERS,
          BUNDLE_INTERVAL,
          CONTENT_BANDS,
          CONTENT_ROWS,
          CONTENT_SIMILARITY,
          CACHED_VISITORS,
          CACHED_ITEMS);

  private RecommendOptions() {}
}
