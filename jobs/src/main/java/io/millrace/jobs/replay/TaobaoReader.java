package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.TaobaoRecording.Behaviour;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a file of Taobao's UserBehavior line by line; used once. */
final class TaobaoReader {
  private static final int COLUMNS = 5;

  private final TextNumbers visitors = new TextNumbers();
  private final TextNumbers items = new TextNumbers();
  private final TextNumbers categories = new TextNumbers();
  private final IntColumn visitor = new IntColumn();
  private final IntColumn item = new IntColumn();
  private final IntColumn category = new IntColumn();
  private final IntColumn behaviour = new IntColumn();
  private final LongColumn time = new LongColumn();

  TaobaoRecording read(Path file, EventIds ids, boolean catalogue) {
    RecordedLines.read(file, this::readLines);
    if (visitor.size() == 0) {
      throw Failure.failed(file + " holds no events");
    }
    return new TaobaoRecording(
        ids,
        new TaobaoRecording.Columns(
            visitors.texts(),
            items.texts(),
            categories.texts(),
            visitor.toArray(),
            item.toArray(),
            category.toArray(),
            behaviour.toArray(),
            time.toArray()),
        catalogue);
  }

  private void readLines(RecordedLines lines) throws IOException {
    while (lines.next()) {
      String[] values = lines.values(COLUMNS);
      visitor.add(lines.id(visitors, values[0], "user"));
      item.add(lines.id(items, values[1], "item"));
      // One byte less than an id may have: the event says c in front of it.
      category.add(lines.id(categories, "c" + require(values[2], lines), "category"));
      behaviour.add(behaviour(values[3], lines).ordinal());
      time.add(lines.millis(values[4], "the time"));
    }
  }

  private static String require(String category, RecordedLines lines) {
    if (category.isEmpty() || category.indexOf('/') >= 0) {
      throw lines.bad("the category must have a name without /");
    }
    return category;
  }

  private static Behaviour behaviour(String name, RecordedLines lines) {
    Behaviour known = Behaviour.named(name);
    if (known == null) {
      throw lines.bad("the behaviour must be pv, cart, fav or buy");
    }
    return known;
  }
}
