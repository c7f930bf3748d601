package io.millrace.jobs.options;

import io.millrace.features.fraud.RiskPolicy;
import io.millrace.operators.fraud.AlertSettings;
import io.millrace.operators.fraud.FraudSettings;
import io.millrace.operators.fraud.WatchSettings;
import java.time.Duration;
import java.util.List;

/** The fraud job. */
public final class FraudOptions {
  private static final FraudSettings USUAL = FraudSettings.of(ShippedDeclaration.SHOPS);
  private static final WatchSettings WATCH = WatchSettings.DEFAULT;
  private static final RiskPolicy POLICY = RiskPolicy.DEFAULT;
  private static final AlertSettings ALERTS = AlertSettings.DEFAULT;

  /** What the model looks at. */
  public static final Option<ShippedDeclaration> DECLARATION =
      Option.enumOption(
          "fraud.declaration",
          ShippedDeclaration.SHOPS,
          "What the model looks at: devices, addresses, accounts and countries of a shop's orders,"
              + " or the cards and merchants of a marketplace's payments.");

  /** Which version scores. */
  public static final Option<PinnedModel> MODEL =
      Option.parsedOption(
          "fraud.model",
          PinnedModel.LEARNED,
          PinnedModel.VALUES,
          "Which version of the model scores: the one learned last, or one for good.",
          PinnedModel::parse);

  /** Time between checkpoints. */
  public static final Option<Duration> CHECKPOINT_INTERVAL =
      Option.durationOption(
          "fraud.checkpoint-interval",
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Time between the starts of two checkpoints of the fraud job: alerts can be read after"
              + " the next one.");

  /** When labels count. */
  public static final Option<Duration> LABEL_HORIZON =
      Option.durationOption(
          "fraud.label-horizon",
          USUAL.horizon(),
          Duration.ofMinutes(1),
          Duration.ofDays(365),
          "Age at which an order's label counts; without one the order counts as legitimate.");

  /** How long labels are corrected. */
  public static final Option<Duration> LABEL_CORRECTIONS =
      Option.durationOption(
          "fraud.label-corrections",
          USUAL.corrections(),
          Duration.ZERO,
          Duration.ofDays(365),
          "Time after the horizon for which a label that contradicts is still heard.");

  /** Lessons between two versions. */
  public static final Option<Integer> PUBLISH_EVERY =
      Option.intOption(
          "fraud.publish-every",
          USUAL.publishEvery(),
          1,
          1_000_000,
          "Orders learned from after which a new version of the model is published.");

  /** Time between two versions. */
  public static final Option<Duration> PUBLISH_AFTER =
      Option.durationOption(
          "fraud.publish-after",
          USUAL.publishAfter(),
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          "Event time after which a new version is published, however few were learned from.");

  /** From where on a risk is medium. */
  public static final Option<Double> MEDIUM =
      Option.doubleOption(
          "fraud.medium", POLICY.medium(), 1e-6, 1, "Probability from which on a risk is medium.");

  /** From where on a risk is high. */
  public static final Option<Double> HIGH =
      Option.doubleOption(
          "fraud.high", POLICY.high(), 1e-6, 1, "Probability from which on a risk is high.");

  /** From where on an order is blocked. */
  public static final Option<Double> BLOCK =
      Option.doubleOption(
          "fraud.block",
          POLICY.block(),
          1e-6,
          1,
          "Probability from which on the action is block and an alert critical.");

  /** What a review costs. */
  public static final Option<Double> REVIEW_COST =
      Option.doubleOption(
          "fraud.review-cost",
          POLICY.reviewCost(),
          0,
          1e9,
          "What it costs to review an order, in the currency: an order is worth it where more than"
              + " this is expected to be lost.");

  /** Budget of the model. */
  public static final Option<Integer> ALERTS_A_DAY =
      Option.intOption(
          "fraud.alerts-a-day",
          ALERTS.budget(),
          1,
          1_000_000,
          "Orders a day that the model may alert about; those of the highest scores. Rules have no"
              + " such limit.");

  /** Share of orders that are audited. */
  public static final Option<Double> AUDIT_SHARE =
      Option.doubleOption(
          "fraud.audit-share",
          ALERTS.auditShare(),
          0,
          1,
          "Share of the orders without an alert that is looked at all the same, so that it is known"
              + " what is missed.");

  /** When an episode is over. */
  public static final Option<Duration> QUIET =
      Option.durationOption(
          "fraud.quiet",
          ALERTS.quiet(),
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          "Event time without anything suspicious after which an alert episode closes.");

  /** How often an episode says who joined. */
  public static final Option<Duration> UPDATE_INTERVAL =
      Option.durationOption(
          "fraud.update-interval",
          ALERTS.updateInterval(),
          Duration.ZERO,
          Duration.ofDays(1),
          "Least event time between two updates of an alert that only say which orders and visitors"
              + " joined.");

  /** Orders kept of an entity. */
  public static final Option<Integer> RETAINED_ORDERS =
      Option.intOption(
          "fraud.retained-orders",
          WATCH.maxRows(),
          16,
          4_096,
          "Newest orders of an entity for which its windows are exact.");

  /** Entities on the heap. */
  public static final Option<Integer> CACHED_ENTITIES =
      Option.intOption(
          "fraud.cached-entities",
          WATCH.cached(),
          1,
          10_000_000,
          "Entities of each kind that each subtask keeps decoded on the heap.");

  /** When entities are forgotten. */
  public static final Option<Duration> RETENTION =
      Option.durationOption(
          "fraud.retention",
          WATCH.retention(),
          Duration.ofHours(1),
          Duration.ofDays(3650),
          "Time (by the clock) without an event after which a card, a device or another entity is"
              + " forgotten.");

  static final List<Option<?>> ALL =
      List.of(
          DECLARATION,
          MODEL,
          CHECKPOINT_INTERVAL,
          LABEL_HORIZON,
          LABEL_CORRECTIONS,
          PUBLISH_EVERY,
          PUBLISH_AFTER,
          MEDIUM,
          HIGH,
          BLOCK,
          REVIEW_COST,
          ALERTS_A_DAY,
          AUDIT_SHARE,
          QUIET,
          UPDATE_INTERVAL,
          RETAINED_ORDERS,
          CACHED_ENTITIES,
          RETENTION);

  private FraudOptions() {}
}
