package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.ClickLog.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A folder with clicks to learn from and clicks to predict.
 *
 * @param name the folder's
 * @param train file of the clicks to learn from
 * @param test file of the clicks to predict
 * @param layout of both files
 * @param publishedLists files of lists that others made for some of the test clicks
 */
record ClickSet(String name, String train, String test, Layout layout, List<String> publishedLists)
    implements Serializable {
  private static final Pattern TRAIN = Pattern.compile("train[^/]*\\.(tsv|csv|txt)(\\.gz)?");
  private static final Pattern TEST = Pattern.compile("test[^/]*\\.(tsv|csv|txt)(\\.gz)?");
  private static final Pattern LISTS = Pattern.compile("published_lists_.*\\.csv(\\.gz)?");

  /**
   * The sets in a folder: the folder itself, or those of its subfolders that are one.
   *
   * @throws Failure if there is none, or the folder cannot be read
   */
  static List<ClickSet> in(Path folder) {
    List<ClickSet> sets = found(folder);
    if (sets.isEmpty()) {
      throw Failure.usage(
          "--data: neither "
              + folder
              + " nor its subfolders hold a train*.tsv.gz beside a test*.tsv.gz, or a *.csv.gz of"
              + " user,item,category,behaviour,epoch seconds"
              + " (docs/evaluate.md describes the layouts)");
    }
    return sets;
  }

  /** The same, but there may be none. */
  static List<ClickSet> found(Path folder) {
    List<ClickSet> sets = new ArrayList<>();
    for (Path candidate : candidates(folder)) {
      Path train = only(candidate, TRAIN);
      Path test = only(candidate, TEST);
      if (train != null && test != null) {
        Layout layout = layout(train);
        if (layout(test) != layout) {
          throw Failure.failed(train + " and " + test + " are not of the same layout");
        }
        sets.add(
            new ClickSet(
                candidate.toAbsolutePath().normalize().getFileName().toString(),
                train.toString(),
                test.toString(),
                layout,
                files(candidate, LISTS).stream().map(Path::toString).toList()));
      }
    }
    return sets;
  }

  /** The folder and its subfolders. */
  static List<Path> candidates(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("--data: there is no folder " + folder);
    }
    List<Path> candidates = new ArrayList<>(List.of(folder));
    try (Stream<Path> children = Files.list(folder)) {
      children.filter(Files::isDirectory).sorted().forEach(candidates::add);
    } catch (IOException e) {
      throw Failure.failed("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
    return candidates;
  }

  /** The file of that name, null if there is none. */
  static Path only(Path folder, Pattern name) {
    List<Path> found = files(folder, name);
    if (found.size() > 1) {
      throw Failure.usage(
          "--data: it is not clear which of " + found + " is meant; leave one there");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<Path> files(Path folder, Pattern name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.failed("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Clicks with a clock have a header; a session a line has none. */
  private static Layout layout(Path file) {
    try (BufferedReader reader = reader(file)) {
      String first = reader.readLine();
      return first != null && first.startsWith("SessionId") ? Layout.TIMED : Layout.SESSION_LINES;
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads a text, plain or gzip. */
  static BufferedReader reader(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 64 * 1024) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
