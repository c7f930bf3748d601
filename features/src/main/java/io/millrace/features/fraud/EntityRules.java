package io.millrace.features.fraud;

import java.util.List;

/** How one kind of entity remembers, and which signals it gives of a payment. */
public sealed interface EntityRules permits SpendingRules, LabelledRules {
  /**
   * Names of the signals, in the order in which the state gives them; the declaration puts the
   * entity's name before each: {@code card_ratio}.
   */
  List<String> signals();
}
