package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists that reference implementations made for some test clicks: {@code
 * SessionId;Position;Recommendations;Scores}, position 0 being the first click. Their figures are
 * computed from the lists, not quoted.
 */
final class PublishedLists {
  private static final int COLUMNS = 4;

  private final Map<String, List<String[]>> byAlgorithm = new TreeMap<>();
  private final Set<String> positions = new HashSet<>();

  private PublishedLists() {}

  static PublishedLists read(ClickSet set) {
    PublishedLists lists = new PublishedLists();
    for (String file : set.publishedLists()) {
      lists.read(Path.of(file));
    }
    return lists;
  }

  private void read(Path file) {
    String name = file.getFileName().toString().replaceAll("published_lists_|\\.csv|\\.gz", "");
    List<String[]> rows = new ArrayList<>();
    try (BufferedReader reader = ClickSet.reader(file)) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] row = line.split(";");
        if (row.length != COLUMNS) {
          throw Failure.failed(
              file + " line " + (rows.size() + 2) + " has not " + COLUMNS + " columns: " + line);
        }
        rows.add(row);
        positions.add(position(row[0], Integer.parseInt(row[1])));
      }
    } catch (IOException | NumberFormatException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage(), e);
    }
    byAlgorithm.put(name.toUpperCase(Locale.ROOT), rows);
  }

  private static String position(String session, int place) {
    return session + '@' + place;
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  /** Whether there are lists for a click of a session. */
  boolean cover(String session, int place) {
    return positions.contains(position(session, place));
  }

  /** The figures of each algorithm, held against what was clicked next. */
  Map<String, Ranks> score(Map<String, String> nextByPosition) {
    Map<String, Ranks> scores = new TreeMap<>();
    byAlgorithm.forEach(
        (algorithm, rows) -> {
          Ranks ranks = new Ranks();
          for (String[] row : rows) {
            String next = nextByPosition.get(position(row[0], Integer.parseInt(row[1])));
            if (next != null) {
              ranks.add(List.of(row[2].split(",")).indexOf(next) + 1);
            }
          }
          scores.put(algorithm, ranks);
        });
    return scores;
  }
}
