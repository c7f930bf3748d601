package io.millrace.features.event;

import io.millrace.features.event.InvalidEventException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The rule for a category: a path of levels, {@code shoes/running/trail}. */
final class CategoryPath {
  /** Most levels. */
  static final int MAX_LEVELS = 10;

  /** Longest path, in bytes of UTF-8. */
  static final int MAX_BYTES = 256;

  private CategoryPath() {}

  /**
   * Refuses what is no path. A level that comes again ({@code a/b/a}) is what a cycle in the
   * store's tree of categories looks like.
   */
  static String checked(String field, String path) throws InvalidEventException {
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw refused(field, path, "has " + bytes + " bytes", MAX_BYTES + " bytes at most");
    }
    List<String> levels = Arrays.asList(path.split("/", -1));
    if (levels.size() > MAX_LEVELS) {
      throw refused(
          field, path, "has " + levels.size() + " levels", "the first " + MAX_LEVELS + " at most");
    }
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      if (level.isBlank()) {
        throw refused(
            field, path, "has an empty level", "levels with one / between two, as in a/b");
      }
      if (levels.indexOf(level) < i) {
        throw refused(
            field,
            path,
            "comes to '" + EventReader.shorten(level) + "' again",
            "a path that holds each level once");
      }
    }
    return path;
  }

  private static InvalidEventException refused(
      String field, String path, String fault, String remedy) {
    return new InvalidEventException(
        Reason.OUT_OF_RANGE,
        field,
        field + " '" + EventReader.shorten(path) + "' " + fault + "; send " + remedy);
  }
}
