package io.millrace.jobs.evaluate;

import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.ClickLog;
import java.nio.file.Path;
import java.util.List;

/** The clicks to learn from of a folder in the layouts of {@code evaluate}. */
public final class TrainClicks {
  private TrainClicks() {}

  /**
   * Reads the train clicks of the only set in a folder.
   *
   * @throws Failure if there is none or more than one, or the file cannot be read
   */
  public static ClickLog read(Path folder) {
    List<ClickSet> sets = ClickSet.in(folder);
    if (sets.size() > 1) {
      throw Failure.usage(
          "--data: "
              + folder
              + " holds several sets; name the folder of one of "
              + sets.stream().map(ClickSet::name).toList());
    }
    return ClickLog.read(Path.of(sets.get(0).train()), sets.get(0).layout());
  }
}
