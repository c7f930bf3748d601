package io.millrace.features.fraud;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions of one declaration's model that were published: the one heard last scores, unless
 * scores are frozen at one. A snapshot that does not fit changes nothing. Not safe for use by
 * several threads.
 */
public final class FraudModels {
  private final FraudDeclaration declaration;

  /** The version that scores, 0 for the newest. */
  private final long frozen;

  private FraudModel newest;
  private FraudModel kept;

  /** None yet; the one heard last will score. */
  public FraudModels(FraudDeclaration declaration) {
    this(declaration, 0);
  }

  /**
   * None yet.
   *
   * @param frozen the one version that will score, as it was first told; 0 for the one heard last
   */
  public FraudModels(FraudDeclaration declaration, long frozen) {
    RuleChecks.between("frozen version", frozen, 0, Long.MAX_VALUE);
    this.declaration = declaration;
    this.frozen = frozen;
  }

  /**
   * Takes a version that was published.
   *
   * @throws InvalidEventException if it cannot score, see {@link FraudModel#of}; those before it
   *     serve on
   */
  public void put(ModelSnapshot snapshot) throws InvalidEventException {
    FraudModel model = FraudModel.of(snapshot, declaration);
    newest = model;
    if (kept == null && model.version() == frozen) {
      kept = model;
    }
  }

  /** The one that scores, if it was heard of. */
  public Optional<FraudModel> current() {
    return Optional.ofNullable(frozen == 0 ? newest : kept);
  }

  /** All that are held, to be {@link #put} again in this order. */
  public List<ModelSnapshot> all() {
    List<ModelSnapshot> all = new ArrayList<>();
    if (kept != null) {
      all.add(kept.snapshot());
    }
    if (newest != null && newest != kept) {
      all.add(newest.snapshot());
    }
    return all;
  }
}
