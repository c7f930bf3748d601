package io.millrace.features.naming;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that looks most like another one. */
public final class NearestName {
  private NearestName() {}

  /** The name with the fewest edits; the first of several, none if none is known. */
  public static Optional<String> to(String name, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(other -> distance(name, other)));
  }

  /** The edits between two names, after Levenshtein. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
