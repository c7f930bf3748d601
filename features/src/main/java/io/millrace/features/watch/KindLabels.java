package io.millrace.features.watch;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.fraud.LabelledRisk;
import io.millrace.features.fraud.LabelledRules;

/**
 * One way in which a declaration looks at the labels of one kind of entity. Safe for use by many
 * threads.
 *
 * @param kind of entity
 * @param name of it in the declaration
 * @param rules how labels are looked at
 * @param place where an observation has its first signal
 * @param explaining where an observation has the signal that explains a fraud, −1 for none
 */
public record KindLabels(Entity kind, String name, LabelledRules rules, int place, int explaining) {

  /** Whether a fraud at which the signals were these is explained. */
  public boolean explains(double[] signals) {
    return explaining >= 0 && rules.explains(signals[explaining]);
  }

  /** Fills in what labels say as of a time. */
  public void fill(double[] signals, LabelledRisk memory, long time) {
    double[] own = memory.signals(time);
    System.arraycopy(own, 0, signals, place, own.length);
  }
}
