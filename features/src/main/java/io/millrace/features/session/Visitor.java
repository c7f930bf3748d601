package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorSessions.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that is remembered of one visitor, but for the orders: the newest sessions, what the visitor
 * was interested in, and the lists passed over. A function of the set of events. Not safe for use
 * by several threads.
 */
public final class Visitor {
  private static final int LAYOUT = 1;
  private static final int ORDERED = 1;
  private static final int INTERESTS = 2;
  private static final int LIST_VIEWS = 4;

  private final VisitorSessions sessions;
  private final VisitorInterests interests;
  private final ListViews listViews;
  private boolean ordered;

  /** A visitor of whom nothing is known. */
  public Visitor() {
    this(new VisitorSessions(), new VisitorInterests(), new ListViews());
  }

  private Visitor(VisitorSessions sessions, VisitorInterests interests, ListViews listViews) {
    this.sessions = sessions;
    this.interests = interests;
    this.listViews = listViews;
  }

  /** Takes what an event counts for the trends. */
  @FunctionalInterface
  public interface Trends {
    /**
     * An item has won points.
     *
     * @param time event time at which, milliseconds since the epoch
     * @param points negative where they are taken back
     */
    void count(String item, long time, int points);

    /** Counts what was forgotten against itself. */
    default VisitorInterests.Sink takingBack() {
      return (item, time, points) -> count(item, time, -points);
    }
  }

  /**
   * Takes one event.
   *
   * @param lessons takes what the postings are to learn; null if the event teaches nothing
   */
  public Outcome take(Click click, SessionSettings settings, Lessons lessons, Trends trends) {
    boolean learns = lessons != null;
    if (learns && click.type() == ClickType.VIEW_ITEM_LIST) {
      listViews.add(click);
    }
    Outcome outcome = sessions.take(click, settings, lessons);
    int points = click.type().points();
    if (learns && outcome == Outcome.TAKEN && points > 0) {
      interests.add(click.itemId(), click.eventTime(), points);
      trends.count(click.itemId(), click.eventTime(), points);
    } else if (learns && outcome == Outcome.BOT) {
      long[] bounds = sessions.boundsOfSession(click, settings);
      interests.forgetClicks(bounds[0], bounds[1], trends.takingBack());
    }
    return outcome;
  }

  /** An order of the visitor holds an item more, or no more. */
  public void bought(String item, long time, boolean holds, Trends trends) {
    if (holds) {
      interests.add(item, time, VisitorInterests.PURCHASE_POINTS);
      trends.count(item, time, VisitorInterests.PURCHASE_POINTS);
    } else if (interests.remove(item, time, VisitorInterests.PURCHASE_POINTS)) {
      trends.count(item, time, -VisitorInterests.PURCHASE_POINTS);
    }
  }

  /** Forgets everything up to a time, and takes back what it taught and counted. */
  public void erase(
      String visitor, long upTo, SessionSettings settings, Lessons lessons, Trends trends) {
    sessions.erase(visitor, upTo, settings, lessons);
    interests.forget(Long.MIN_VALUE, upTo, trends.takingBack());
    listViews.forget(upTo);
  }

  /** Whether nothing is remembered. */
  public boolean isEmpty() {
    return sessions.isEmpty() && interests.isEmpty() && listViews.isEmpty() && !ordered;
  }

  /** The newest sessions. */
  public VisitorSessions sessions() {
    return sessions;
  }

  /** Whether there may be orders of the visitor. */
  public boolean hasOrdered() {
    return ordered;
  }

  /** Says whether there may be orders of the visitor. */
  public void setOrdered(boolean ordered) {
    this.ordered = ordered;
  }

  /**
   * What somebody who returns is asked for: the items that mattered most before, as if they were a
   * session, the best one last. Null if nothing is known, or if the visitor is in a session.
   *
   * @param click an event that names no item
   */
  public SessionItems longMemory(Click click, SessionSettings settings) {
    long[] bounds = sessions.boundsOfSession(click, settings);
    boolean inSession = bounds != null && interests.shownSince(bounds[0]);
    List<String> best = inSession ? List.of() : interests.best(click.eventTime(), settings.asked());
    if (best.isEmpty()) {
      return null;
    }
    List<String> items = new ArrayList<>(best);
    Collections.reverse(items);
    return new SessionItems(0, click.eventTime(), items.toArray(String[]::new));
  }

  /** Hashes of the items that the visitor was shown and passed over, one for every time. */
  public int[] passedOver() {
    return listViews.passedOver(interests);
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(384);
    out.writeByte(LAYOUT);
    out.writeByte(
        (ordered ? ORDERED : 0)
            | (interests.isEmpty() ? 0 : INTERESTS)
            | (listViews.isEmpty() ? 0 : LIST_VIEWS));
    sessions.write(out);
    if (!interests.isEmpty()) {
      interests.write(out);
    }
    if (!listViews.isEmpty()) {
      listViews.write(out);
    }
    return out.toBytes();
  }

  /** Reads a state value. */
  public static Visitor ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("a visitor", LAYOUT);
    int parts = in.readByte();
    VisitorSessions sessions = VisitorSessions.read(in);
    Visitor visitor =
        new Visitor(
            sessions,
            (parts & INTERESTS) == 0 ? new VisitorInterests() : VisitorInterests.read(in),
            (parts & LIST_VIEWS) == 0 ? new ListViews() : ListViews.read(in));
    visitor.ordered = (parts & ORDERED) != 0;
    return visitor;
  }
}
