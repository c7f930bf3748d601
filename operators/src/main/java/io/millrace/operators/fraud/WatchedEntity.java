package io.millrace.operators.fraud;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.fraud.SpendingRisk;
import io.millrace.features.rule.RuleMemory;
import java.util.List;

/** What is kept of one entity. */
final class WatchedEntity {
  private final WatchedEntityCodec empty;
  private final AwaitedEvents awaited;
  private List<SpendingRisk> spending;
  private EntityFeatures features;
  private RuleMemory rules;

  WatchedEntity(
      WatchedEntityCodec empty,
      List<SpendingRisk> spending,
      EntityFeatures features,
      RuleMemory rules,
      AwaitedEvents awaited) {
    this.empty = empty;
    this.spending = spending;
    this.features = features;
    this.rules = rules;
    this.awaited = awaited;
  }

  /** How it pays, in each of the ways declared. */
  List<SpendingRisk> spending() {
    return spending;
  }

  /** Of its orders; null where none are declared. */
  EntityFeatures features() {
    return features;
  }

  /** What rules know of it. */
  RuleMemory rules() {
    return rules;
  }

  /** Its events that are not settled. */
  AwaitedEvents awaited() {
    return awaited;
  }

  boolean hasSpent() {
    return spending.stream().anyMatch(each -> !each.isEmpty());
  }

  boolean hasFeatures() {
    return features != null && !features.isEmpty();
  }

  boolean isEmpty() {
    return !hasSpent() && !hasFeatures() && rules.isEmpty() && awaited.isEmpty();
  }

  /** Forgets everything but the events that wait. */
  void forget() {
    spending = empty.newSpending();
    features = empty.newFeatures();
    rules = new RuleMemory();
  }
}
