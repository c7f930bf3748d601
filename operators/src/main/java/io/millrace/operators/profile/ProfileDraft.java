package io.millrace.operators.profile;

import io.millrace.operators.types.FlatTypeInfo;

/**
 * What becomes of a visitor's profile: all of it but the quintiles, or that it goes.
 *
 * @param visitor whose
 * @param time event time of its version, milliseconds since the epoch
 * @param json null where it goes
 * @param standing among the population, by {@link io.millrace.features.profile.Standing.By}; null
 *     where it goes
 * @param origin when the event that changed it entered the engine, 0 for unknown
 */
record ProfileDraft(String visitor, long time, byte[] json, int[] standing, long origin) {
  static final FlatTypeInfo<ProfileDraft> TYPE =
      new FlatTypeInfo<>(ProfileDraft.class, new ProfileDraftSerializer());

  static ProfileDraft gone(String visitor, long time, long origin) {
    return new ProfileDraft(visitor, time, null, null, origin);
  }

  boolean isGone() {
    return json == null;
  }
}
