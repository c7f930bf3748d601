package io.millrace.features.decision;

import io.millrace.features.algebra.Weighted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a visitor, as of a moment.
 *
 * @param version 20 digits, see {@link Version}
 * @param visitorId whose
 * @param eventTime the moment, milliseconds since the epoch
 * @param approximate features that are estimates, or exact to a bucket only
 * @param since where a feature is complete only for events after a time, that time in milliseconds
 *     since the epoch
 * @param features by name, those that are present: a {@link Long}, a {@link Double}, a {@link
 *     String}, or a list of {@link Weighted}
 */
public record Profile(
    String version,
    String visitorId,
    long eventTime,
    Set<String> approximate,
    Map<String, Long> since,
    Map<String, Object> features) {

  public Profile {
    approximate = Set.copyOf(approximate);
    since = Map.copyOf(since);
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
  }
}
