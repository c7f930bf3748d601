package io.millrace.jobs.replay;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Ids of events that carry their place in the file, such as {@code serenade-train-0000000017}:
 * sending a file again repeats the same events, and ties keep the order of the file.
 */
final class EventIds {
  private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9_]+");
  private static final int MAX_STEM = 40;
  private static final String ZEROS = "0000000000";

  private final String prefix;

  /**
   * @param preset its name on the command line
   * @param file whose name counts up to its first dot
   */
  EventIds(String preset, Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf('.');
    String stem = UNUSUAL.matcher(dot > 0 ? name.substring(0, dot) : name).replaceAll("_");
    this.prefix = preset + "-" + stem.substring(0, Math.min(MAX_STEM, stem.length())) + "-";
  }

  /** The id of what stands at a place in the file, from 0. */
  String at(int row) {
    String digits = Integer.toString(row);
    return prefix + ZEROS.substring(digits.length()) + digits;
  }
}
