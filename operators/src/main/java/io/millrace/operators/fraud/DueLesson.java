package io.millrace.operators.fraud;

import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.Lesson;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.Comparator;

/**
 * A lesson on its way to the learner.
 *
 * @param due event time at which it is learned, milliseconds since the epoch
 * @param fingerprint of the declaration by which its weights are active, see {@link #fingerprint}
 */
record DueLesson(long due, long fingerprint, Lesson lesson) {
  static final FlatTypeInfo<DueLesson> TYPE =
      new FlatTypeInfo<>(DueLesson.class, new DueLessonSerializer());

  /**
   * The order in which lessons are learned, as {@link io.millrace.features.fraud.Maturing} has it.
   */
  static final Comparator<DueLesson> ORDER =
      Comparator.comparingLong(DueLesson::due)
          .thenComparingLong(each -> each.lesson().time())
          .thenComparingLong(each -> each.lesson().payment());

  /** A declaration's fingerprint as a number. */
  static long fingerprint(FraudDeclaration declaration) {
    return Long.parseUnsignedLong(declaration.fingerprint(), 16);
  }
}
