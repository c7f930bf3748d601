package io.millrace.operators.fraud;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudModel;
import io.millrace.features.fraud.FraudModels;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The versions of the model that may score. Usually the one heard last scores, or the one that is
 * pinned. Where a recording is evaluated, a payment is scored by the newest version that had been
 * learned at its time.
 */
final class ScorerModels {
  private final FraudDeclaration declaration;
  private final FraudModels heard;

  /** How long after its newest payment a version is learned, null where that does not matter. */
  private final Duration horizon;

  /** By time, where that matters; the first may be older than any payment to come. */
  private final Deque<FraudModel> byTime = new ArrayDeque<>();

  /**
   * @param pinned the one version that scores, 0 for the newest
   * @param horizon null where the newest heard scores, whatever the time
   */
  ScorerModels(FraudDeclaration declaration, long pinned, Duration horizon) {
    this.declaration = declaration;
    this.horizon = horizon;
    heard = new FraudModels(declaration, pinned);
  }

  void hear(ModelSnapshot snapshot) throws InvalidEventException {
    heard.put(snapshot);
    if (horizon != null) {
      byTime.addLast(FraudModel.of(snapshot, declaration));
    }
  }

  /** The one that scores what arrives now. */
  Optional<FraudModel> newest() {
    return heard.current();
  }

  /** The one that scores what is settled at a time; later ones ask for no earlier time. */
  Optional<FraudModel> at(long time) {
    if (horizon == null) {
      return newest();
    }
    while (byTime.size() > 1 && learnedAt(second()) <= time) {
      byTime.removeFirst();
    }
    return byTime.isEmpty() || learnedAt(byTime.peekFirst()) > time
        ? Optional.empty()
        : Optional.of(byTime.peekFirst());
  }

  private FraudModel second() {
    var models = byTime.iterator();
    models.next();
    return models.next();
  }

  private long learnedAt(FraudModel model) {
    return model.snapshot().eventTime() + horizon.toMillis();
  }

  /** All that are held, to be heard again in this order. */
  List<ModelSnapshot> all() {
    if (horizon == null) {
      return heard.all();
    }
    List<ModelSnapshot> all = new ArrayList<>();
    byTime.forEach(model -> all.add(model.snapshot()));
    return all;
  }
}
