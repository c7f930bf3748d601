package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.StringTokenizer;

/** Reads a file of clicks line by line; used once. */
final class ClickLogReader {
  private static final long FIRST_SESSION = Instant.parse("2016-01-01T00:00:00Z").toEpochMilli();
  private static final long BETWEEN_SESSIONS_MS = 60_000;
  private static final long BETWEEN_CLICKS_MS = 30_000;
  private static final String HEADER = "SessionId ItemId Time";

  private final Path file;
  private final ClickLog.Layout layout;
  private final TextNumbers sessions = new TextNumbers();
  private final TextNumbers items = new TextNumbers();
  private int[] session = new int[1024];
  private int[] item = new int[1024];
  private long[] time = new long[1024];
  private int size;

  ClickLogReader(Path file, ClickLog.Layout layout) {
    this.file = file;
    this.layout = layout;
  }

  ClickLog read() {
    boolean timed = layout == ClickLog.Layout.TIMED;
    RecordedLines.read(file, timed ? this::readTimed : this::readSessionLines);
    if (size == 0) {
      throw Failure.failed(file + " holds no clicks");
    }
    return new ClickLog(
        sessions.texts(),
        items.texts(),
        Arrays.copyOf(session, size),
        Arrays.copyOf(item, size),
        Arrays.copyOf(time, size));
  }

  private void readTimed(RecordedLines lines) throws IOException {
    if (!lines.next()) {
      return;
    }
    char separator = lines.line().indexOf('\t') >= 0 ? '\t' : ',';
    if (!lines.line().strip().replace(separator, ' ').equals(HEADER)) {
      throw lines.bad("the header must be " + HEADER + ", separated by tabs or commas");
    }
    while (lines.next()) {
      String line = lines.line();
      int first = line.indexOf(separator);
      int second = line.indexOf(separator, first + 1);
      if (first < 0 || second < 0 || line.indexOf(separator, second + 1) >= 0) {
        long columns = line.isEmpty() ? 0 : 1 + line.chars().filter(c -> c == separator).count();
        throw lines.bad("3 columns are wanted, there are " + columns);
      }
      add(
          lines.id(sessions, line.substring(0, first), "SessionId"),
          lines.id(items, line.substring(first + 1, second), "ItemId"),
          lines.millis(line.substring(second + 1), "Time"));
    }
  }

  private void readSessionLines(RecordedLines lines) throws IOException {
    for (long start = FIRST_SESSION; lines.next(); start += BETWEEN_SESSIONS_MS) {
      String line = lines.line();
      int tab = line.indexOf('\t');
      if (tab < 0 || line.indexOf('\t', tab + 1) >= 0) {
        throw lines.bad("a session, a tab, and its items separated by blanks are wanted");
      }
      int number = lines.id(sessions, line.substring(0, tab), "session");
      StringTokenizer list = new StringTokenizer(line.substring(tab + 1), " ");
      if (!list.hasMoreTokens()) {
        throw lines.bad("the session has no items");
      }
      for (long at = start; list.hasMoreTokens(); at += BETWEEN_CLICKS_MS) {
        add(number, lines.id(items, list.nextToken(), "item"), at);
      }
    }
  }

  private void add(int sessionNumber, int itemNumber, long at) {
    if (size == time.length) {
      int larger = size * 2;
      session = Arrays.copyOf(session, larger);
      item = Arrays.copyOf(item, larger);
      time = Arrays.copyOf(time, larger);
    }
    session[size] = sessionNumber;
    item[size] = itemNumber;
    time[size] = at;
    size++;
  }
}
