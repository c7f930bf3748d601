package io.millrace.operators.forget;

import io.millrace.operators.types.FlatTypeInfo;

/**
 * What a tracker tells everybody behind it once it has forgotten a visitor, or left one out, or let
 * one in again.
 *
 * @param visitor whom
 * @param kind what
 * @param upTo event time up to which an erasure reaches, or up to which what there is of somebody
 *     left out stays out for good; milliseconds since the epoch
 */
public record Forget(String visitor, Kind kind, long upTo) {
  public static final FlatTypeInfo<Forget> TYPE =
      new FlatTypeInfo<>(Forget.class, new ForgetSerializer());

  /** What is to be done. The order of the constants is part of the serialized form. */
  public enum Kind {
    /** Forget all up to a time. */
    ERASE,
    /** Leave out whatever there is of the visitor, and what there is now for good. */
    EXCLUDE,
    /** What comes from now on counts again. */
    READMIT
  }
}
