package io.millrace.jobs.evaluate;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The answers to the payments that are compared, by transaction. */
final class KeptAnswers {
  private final Map<Long, PaymentFeatures> answers = new HashMap<>();
  private int surplus;

  /** Adds an answer; one that was there before is replaced, and counted. */
  void add(PaymentFeatures answer) {
    surplus += answers.put(answer.id(), answer) == null ? 0 : 1;
  }

  /** All, one a transaction. */
  Collection<PaymentFeatures> all() {
    return answers.values();
  }

  /** The answer to a transaction, null if there is none. */
  PaymentFeatures of(long id) {
    return answers.get(id);
  }

  /** How many came that were there before. */
  int surplus() {
    return surplus;
  }
}
