package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.nio.file.Path;

/**
 * The clicks of a file in event-time order, clicks of the same time in the order of the file. Texts
 * are kept once; a click itself takes 20 bytes.
 *
 * <pre>{@code
 * ClickLog log = ClickLog.read(Path.of("train.tsv.gz"), Layout.TIMED);
 * for (int i = 0; i < log.size(); i++) {
 *   use(log.session(i), log.item(i), log.time(i));
 * }
 * }</pre>
 */
public final class ClickLog {
  private final String[] sessions;
  private final String[] items;
  private final int[] session;
  private final int[] item;
  private final long[] time;
  private final int[] row;

  ClickLog(String[] sessions, String[] items, int[] session, int[] item, long[] time) {
    this.sessions = sessions;
    this.items = items;
    int size = time.length;
    this.session = new int[size];
    this.item = new int[size];
    this.time = new long[size];
    this.row = new int[size];
    int[] order = TimeOrder.of(time);
    for (int i = 0; i < size; i++) {
      int from = order[i];
      this.session[i] = session[from];
      this.item[i] = item[from];
      this.time[i] = time[from];
      this.row[i] = from;
    }
  }

  /** How the lines of a file are made up. */
  public enum Layout {
    /**
     * A header {@code SessionId ItemId Time}, then a click a line, its columns separated by tabs or
     * commas; the time in epoch seconds with an optional fraction. Lines may stand in any order.
     */
    TIMED,
    /**
     * A session a line: its id, a tab, its items separated by blanks. There is no clock, so one is
     * made up: sessions begin a minute apart from 2016-01-01 on, their clicks follow at 30 seconds.
     */
    SESSION_LINES
  }

  /**
   * Reads a file, plain or gzip.
   *
   * @throws Failure if the file is missing, cut off, or has a line that does not fit the layout;
   *     names the line's number and text
   */
  public static ClickLog read(Path file, Layout layout) {
    return new ClickLogReader(file, layout).read();
  }

  /**
   * Clicks that are at hand already, in any order.
   *
   * @param sessions ids of the sessions
   * @param items ids of the items
   * @param session for each click, the place of its session in {@code sessions}
   * @param item for each click, the place of its item in {@code items}
   * @param time for each click, its event time in milliseconds since the epoch
   */
  public static ClickLog of(
      String[] sessions, String[] items, int[] session, int[] item, long[] time) {
    return new ClickLog(sessions, items, session, item, time);
  }

  /** Number of clicks. */
  public int size() {
    return time.length;
  }

  /** Session of the i-th click by time. */
  public String session(int i) {
    return sessions[session[i]];
  }

  /** Number of the session of the i-th click, from 0 in order of first mention in the file. */
  public int sessionNumber(int i) {
    return session[i];
  }

  /** Item of the i-th click by time. */
  public String item(int i) {
    return items[item[i]];
  }

  /** Event time of the i-th click, in milliseconds since the epoch. */
  public long time(int i) {
    return time[i];
  }

  /** Place of the i-th click in the file, from 0. */
  public int row(int i) {
    return row[i];
  }

  /** Number of different sessions. */
  public int sessionCount() {
    return sessions.length;
  }

  /** Number of different items. */
  public int itemCount() {
    return items.length;
  }
}
