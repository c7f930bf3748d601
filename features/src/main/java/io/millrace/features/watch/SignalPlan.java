package io.millrace.features.watch;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudEntity;
import io.millrace.features.fraud.LabelledRules;
import io.millrace.features.fraud.SpendingRules;
import io.millrace.features.naming.NearestName;
import io.millrace.features.watch.KindSignals.SpendingPart;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Where each signal of a declaration comes from: the order, the features and the spending of an
 * entity, or its labels. Immutable and safe for use by many threads.
 */
public final class SignalPlan {
  private final FraudDeclaration declaration;

  /** By place of an observation, null where it is not the order's. */
  private final List<ToDoubleFunction<Order>> ofOrder = new ArrayList<>();

  private final Map<Entity, KindSignals> signals = new EnumMap<>(Entity.class);
  private final List<KindLabels> labels = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if a signal comes from nowhere, or an entity is none that
   *     orders name; the message says which there are
   */
  public SignalPlan(FraudDeclaration declaration) {
    this(declaration, false);
  }

  private SignalPlan(FraudDeclaration declaration, boolean allGiven) {
    this.declaration = declaration;
    Set<String> unknown = new LinkedHashSet<>(declaration.given());
    for (String given : declaration.given()) {
      ofOrder.add(OrderSignals.of(given));
      if (OrderSignals.of(given) != null) {
        unknown.remove(given);
      }
    }
    Map<Entity, List<SpendingPart>> spending = new EnumMap<>(Entity.class);
    for (FraudEntity entity : declaration.entities()) {
      Entity kind = kind(entity);
      if (entity.rules() instanceof SpendingRules rules) {
        spending
            .computeIfAbsent(kind, any -> new ArrayList<>())
            .add(new SpendingPart(rules, declaration.place(entity)));
      } else {
        labels.add(labels(entity, kind));
      }
    }
    for (Entity kind : Entity.values()) {
      FeatureSet set = EntityFeatureSets.of(kind, unknown);
      int[] places = {};
      if (set != null) {
        places = set.features().stream().mapToInt(f -> declaration.place(f.name())).toArray();
        set.features().forEach(feature -> unknown.remove(feature.name()));
      }
      signals.put(kind, new KindSignals(kind, spending.getOrDefault(kind, List.of()), set, places));
    }
    if (!unknown.isEmpty() && !allGiven) {
      throw refused(unknown.iterator().next());
    }
  }

  /**
   * Where all signals come with the payment, whatever they are.
   *
   * @throws IllegalArgumentException if the declaration has entities
   */
  public static SignalPlan ofGiven(FraudDeclaration declaration) {
    if (!declaration.entities().isEmpty()) {
      throw new IllegalArgumentException(
          "declaration %s has entities, which give signals; declare given ones only"
              .formatted(declaration.name()));
    }
    return new SignalPlan(declaration, true);
  }

  private KindLabels labels(FraudEntity entity, Entity kind) {
    LabelledRules rules = (LabelledRules) entity.rules();
    int explaining = rules.explainedBy() == null ? -1 : declaration.place(rules.explainedBy());
    return new KindLabels(kind, entity.name(), rules, declaration.place(entity), explaining);
  }

  private IllegalArgumentException refused(String signal) {
    List<String> known = new ArrayList<>(OrderSignals.names());
    for (Entity kind : Entity.values()) {
      EntityFeatureSets.all(kind).forEach(feature -> known.add(feature.name()));
    }
    return new IllegalArgumentException(
        "declaration %s: nothing gives signal %s%s"
            .formatted(
                declaration.name(),
                signal,
                NearestName.to(signal, known).map("; did you mean %s?"::formatted).orElse("")));
  }

  private Entity kind(FraudEntity entity) {
    List<String> known = new ArrayList<>();
    for (Entity kind : Entity.values()) {
      if (EntityIds.key(kind).equals(entity.key())) {
        return kind;
      }
      known.add(EntityIds.key(kind));
    }
    throw new IllegalArgumentException(
        "declaration %s: the key of entity %s is %s; take one of %s"
            .formatted(declaration.name(), entity.name(), entity.key(), String.join(", ", known)));
  }

  /** The declaration. */
  public FraudDeclaration declaration() {
    return declaration;
  }

  /** What the order itself says, in an observation of the declaration. */
  public double[] observe(Order order) {
    double[] observed = declaration.observation();
    for (int i = 0; i < ofOrder.size(); i++) {
      if (ofOrder.get(i) != null) {
        observed[i] = ofOrder.get(i).applyAsDouble(order);
      }
    }
    return observed;
  }

  /** What is wanted of a kind of entity before labels. */
  public KindSignals signals(Entity kind) {
    return signals.get(kind);
  }

  /** The ways in which labels are looked at, in the order declared. */
  public List<KindLabels> labels() {
    return List.copyOf(labels);
  }
}
