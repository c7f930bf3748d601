package io.millrace.features.catalogue;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The controls that boost or exclude items: on one item, a category and all below it, a brand, or
 * the value of an attribute. An item is excluded if any control that covers it says so; its boost
 * is the product of all that cover it, within {@link ItemFact#MIN_BOOST} and {@link
 * ItemFact#MAX_BOOST}. Not safe for use by several threads.
 */
public final class ItemControls {
  private static final double[] NONE = {};

  private final Map<String, Control> byId = new HashMap<>();
  private final Map<String, Map<String, List<Control>>> byTarget = new HashMap<>();
  private long nextExpiry = Long.MAX_VALUE;

  /** What controls make of an item. */
  record Verdict(boolean excluded, float boost) {
    static final Verdict NONE = new Verdict(false, 1);
  }

  /** Whether a control is one of these; all others are somebody else's. */
  public static boolean concerns(Control control) {
    return (control.kind() == Kind.BOOST || control.kind() == Kind.EXCLUDE)
        && !control.target().is(Target.VISITOR);
  }

  /** Puts in a control that {@linkplain #concerns concerns} items, in place of that of its id. */
  public void put(Control control) {
    remove(control.controlId());
    byId.put(control.controlId(), control);
    byTarget
        .computeIfAbsent(control.target().type(), unused -> new HashMap<>())
        .computeIfAbsent(control.target().rest(), unused -> new ArrayList<>(1))
        .add(control);
    if (control.expiresAt() != null) {
      nextExpiry = Math.min(nextExpiry, control.expiresAt());
    }
  }

  /**
   * Lifts a control.
   *
   * @return the control, null if there is none of that id
   */
  public Control remove(String controlId) {
    Control control = byId.remove(controlId);
    if (control != null) {
      Map<String, List<Control>> targets = byTarget.get(control.target().type());
      List<Control> same = targets.get(control.target().rest());
      same.remove(control);
      if (same.isEmpty()) {
        targets.remove(control.target().rest());
      }
      if (targets.isEmpty()) {
        byTarget.remove(control.target().type());
      }
    }
    return control;
  }

  /**
   * Lifts those that hold no more.
   *
   * @param now milliseconds since the epoch
   * @return the controls lifted
   */
  public List<Control> expire(long now) {
    if (now < nextExpiry) {
      return List.of();
    }
    List<Control> expired = byId.values().stream().filter(c -> !c.holdsAt(now)).toList();
    expired.forEach(control -> remove(control.controlId()));
    nextExpiry = Long.MAX_VALUE;
    for (Control control : byId.values()) {
      if (control.expiresAt() != null) {
        nextExpiry = Math.min(nextExpiry, control.expiresAt());
      }
    }
    return expired;
  }

  /** All that hold. */
  public Collection<Control> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /**
   * @param listing null for an item that the catalogue does not have
   */
  Verdict judge(String item, Listing listing) {
    if (byId.isEmpty()) {
      return Verdict.NONE;
    }
    Tally tally = new Tally();
    tally.add(Target.ITEM, item);
    if (listing != null) {
      if (byTarget.containsKey(Target.CATEGORY)) {
        CategoryPaths.levels(listing.category()).forEach(path -> tally.add(Target.CATEGORY, path));
      }
      tally.add(Target.BRAND, listing.brand());
      if (byTarget.containsKey(Target.ATTRIBUTE)) {
        listing
            .attributes()
            .forEach((key, value) -> tally.add(Target.ATTRIBUTE, key + "=" + value));
      }
    }
    return tally.verdict();
  }

  /** Adds up the controls on one item. */
  private final class Tally {
    private boolean excluded;
    private double[] factors = NONE;

    private void add(String type, String rest) {
      Map<String, List<Control>> targets = byTarget.get(type);
      if (targets == null || rest == null) {
        return;
      }
      for (Control control : targets.getOrDefault(rest, List.of())) {
        if (control.kind() == Kind.EXCLUDE) {
          excluded = true;
        } else {
          factors = Arrays.copyOf(factors, factors.length + 1);
          factors[factors.length - 1] = control.factor();
        }
      }
    }

    /** Multiplied in the order of size: the same factors give the same bits. */
    private Verdict verdict() {
      Arrays.sort(factors);
      double boost = 1;
      for (double factor : factors) {
        boost *= factor;
      }
      float clipped = (float) Math.max(ItemFact.MIN_BOOST, Math.min(ItemFact.MAX_BOOST, boost));
      return new Verdict(excluded, clipped);
    }
  }
}
