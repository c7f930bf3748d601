package io.millrace.operators.job;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.operators.kafka.Fact;

/** The control that has a job write all its live keys again. */
public final class Republish {
  private Republish() {}

  /** Whether that is what a control says to a job. */
  public static boolean isFor(String job, Fact<Control> fact) {
    Control control = fact.value();
    return control != null
        && control.kind() == Kind.REPUBLISH
        && control.target().rest().equals(job);
  }
}
