package io.millrace.features.watch;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.FeatureValues;
import io.millrace.features.algebra.Row;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.SpendingRisk;
import io.millrace.features.fraud.SpendingRules;
import java.util.List;

/**
 * What a declaration wants to know of the entities of one kind before labels are looked at. Safe
 * for use by many threads.
 */
public final class KindSignals {
  private final Entity kind;
  private final List<SpendingPart> spending;
  private final FeatureSet features;

  /** By feature of the set, where an observation has it. */
  private final int[] featurePlaces;

  /**
   * A way of remembering how an entity spends.
   *
   * @param rules how
   * @param place where an observation has its first signal
   */
  record SpendingPart(SpendingRules rules, int place) {}

  KindSignals(Entity kind, List<SpendingPart> spending, FeatureSet features, int[] featurePlaces) {
    this.kind = kind;
    this.spending = List.copyOf(spending);
    this.features = features;
    this.featurePlaces = featurePlaces.clone();
  }

  /** Whether there is nothing to know. */
  public boolean isEmpty() {
    return spending.isEmpty() && features == null;
  }

  /** The features of the algebra that are wanted, null for none. */
  public FeatureSet features() {
    return features;
  }

  /** How many ways of remembering how an entity spends there are. */
  public int spendings() {
    return spending.size();
  }

  /** Names the ways: what was remembered in others means nothing here. */
  public String spendingPrint() {
    return spending.stream().map(part -> part.rules().toString()).toList().toString();
  }

  /** What an entity without payments has, in one of the ways. */
  public SpendingRisk newSpending(int which) {
    return new SpendingRisk(spending.get(which).rules());
  }

  /** Reads a state value of one of the ways. */
  public SpendingRisk spendingOfBytes(int which, byte[] bytes) {
    return SpendingRisk.ofBytes(bytes, spending.get(which).rules());
  }

  /** An event as the features see it. */
  public Row row(Order order, long tie) {
    return EntityFeatureSets.row(order, tie, kind, features.schema());
  }

  /**
   * Fills in the signals of a payment.
   *
   * @param amount in units of an {@link io.millrace.features.order.OrderEntry}; what is unknown has
   *     no signals of spending
   * @param memory of the entity, of which nothing is changed
   */
  public void fill(
      double[] signals,
      Order order,
      long tie,
      long amount,
      List<SpendingRisk> memory,
      EntityFeatures known) {
    for (int i = 0; i < spending.size() && amount >= 0; i++) {
      double[] own = memory.get(i).signals(order.eventTime(), tie, amount);
      System.arraycopy(own, 0, signals, spending.get(i).place(), own.length);
    }
    if (features != null) {
      FeatureValues values = known.values(order.eventTime(), tie);
      for (int i = 0; i < featurePlaces.length; i++) {
        signals[featurePlaces[i]] = values.isPresent(i) ? values.number(i) : Double.NaN;
      }
    }
  }
}
