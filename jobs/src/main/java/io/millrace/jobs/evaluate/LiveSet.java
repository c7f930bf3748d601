package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with one recorded stream of views, carts, favourites and purchases, in the layout of
 * Taobao's UserBehavior: a {@code *.csv.gz} of {@code user,item,category,behaviour,epoch seconds}
 * without a header.
 *
 * @param name the folder's
 * @param file of the events
 */
record LiveSet(String name, String file) implements Serializable {
  private static final Pattern LINE = Pattern.compile("[^,]+,[^,]+,[^,]+,(pv|cart|fav|buy),\\d+");

  /** The folder itself, or those of its subfolders that are one; may be empty. */
  static List<LiveSet> in(Path folder) {
    List<LiveSet> sets = new ArrayList<>();
    for (Path candidate : ClickSet.candidates(folder)) {
      List<Path> files = files(candidate).stream().filter(LiveSet::isLive).toList();
      if (files.size() > 1) {
        throw Failure.usage(
            "--data: it is not clear which of " + files + " is meant; leave one there");
      }
      if (files.size() == 1) {
        String name = candidate.toAbsolutePath().normalize().getFileName().toString();
        sets.add(new LiveSet(name, files.get(0).toString()));
      }
    }
    return sets;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv.gz")).sorted().toList();
    } catch (IOException e) {
      throw Failure.failed("the folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** By the first line; a file that cannot be read is none. */
  private static boolean isLive(Path file) {
    try (BufferedReader reader = ClickSet.reader(file)) {
      String first = reader.readLine();
      return first != null && LINE.matcher(first).matches();
    } catch (IOException e) {
      return false;
    }
  }
}
