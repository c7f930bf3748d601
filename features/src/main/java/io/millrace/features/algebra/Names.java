package io.millrace.features.algebra;

import io.millrace.features.naming.NearestName;
import java.util.Collection;
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
    return NearestName.to(name, known).map("did you mean %s?"::formatted).orElse("there are none");
  }
}
