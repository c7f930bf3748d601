package io.millrace.features.algebra;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Names in snake_case, and which of them somebody may have meant. */
final class Names {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private Names() {}

  static void check(String what, String name) {
    if (name == null || !SNAKE_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s %s: name it in snake_case: a letter first, then letters, digits and _, 63 at most"
              .formatted(what, name));
    }
  }

  /** The remedy where a name is unknown: the nearest, or that there is none. */
  static String nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String other) -> distance(name, other)))
        .map("did you mean %s?"::formatted)
        .orElse("there are none");
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
