package io.millrace.features.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers category paths from 1; 0 is no category. A number, once given, stays. */
final class CategoryDictionary {
  private static final int BYTES_A_PATH = 160;

  private final int max;
  private final List<String> paths = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();

  CategoryDictionary(int max) {
    this.max = max;
    paths.add(null);
  }

  /** The number of a path; where all numbers are given, that of the nearest category above it. */
  int indexOf(String path) {
    if (path == null) {
      return ItemBits.NO_CATEGORY;
    }
    Integer known = indexes.get(path);
    if (known != null) {
      return known;
    }
    if (paths.size() > max) {
      int slash = path.lastIndexOf('/');
      return slash < 0 ? ItemBits.NO_CATEGORY : indexOf(path.substring(0, slash));
    }
    indexes.put(path, paths.size());
    paths.add(path);
    return paths.size() - 1;
  }

  /** The path of a number, null for 0. */
  String path(int index) {
    return paths.get(index);
  }

  int size() {
    return paths.size() - 1;
  }

  /** An estimate: path, entry, and both references. */
  long sizeInBytes() {
    return (long) size() * BYTES_A_PATH;
  }
}
