package io.millrace.features.catalogue;

import java.util.ArrayList;
import java.util.List;

/** The levels of a category path. */
public final class CategoryPaths {
  private CategoryPaths() {}

  /**
   * Every category that one lies in, from the first level to itself: {@code a}, {@code a/b} for
   * {@code a/b}.
   *
   * @param path of the category, null for none
   */
  public static List<String> levels(String path) {
    if (path == null) {
      return List.of();
    }
    List<String> levels = new ArrayList<>(4);
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      levels.add(path.substring(0, slash));
    }
    levels.add(path);
    return levels;
  }
}
