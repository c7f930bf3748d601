package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.Click;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The newest lists a visitor was shown. An item that was shown and passed over is one the visitor
 * may not care for. Of each list only the first items count, which somebody can have seen. A
 * function of the set of events. Not safe for use by several threads.
 */
final class ListViews {
  /** Lists kept. */
  static final int MAX_VIEWS = 3;

  /** Items of a list that count. */
  static final int MAX_ITEMS = 10;

  private static final int LAYOUT = 1;
  private static final Comparator<View> ORDER =
      Comparator.comparingLong(View::time).thenComparingLong(View::event);

  private final List<View> views = new ArrayList<>(1);

  /**
   * One list shown.
   *
   * @param event hash of the event id
   * @param items hashes of the item ids
   */
  private record View(long time, long event, int[] items) {}

  /** Adds a list; the same again changes nothing. */
  void add(Click click) {
    long event = Hashes.of(click.eventId());
    for (View view : views) {
      if (view.time == click.eventTime() && view.event == event) {
        return;
      }
    }
    int[] items =
        click.itemIds().stream().limit(MAX_ITEMS).mapToInt(item -> (int) Hashes.of(item)).toArray();
    views.add(new View(click.eventTime(), event, items));
    views.sort(ORDER);
    if (views.size() > MAX_VIEWS) {
      views.remove(0);
    }
  }

  /** Forgets the lists shown up to a time. */
  void forget(long upTo) {
    views.removeIf(view -> view.time <= upTo);
  }

  boolean isEmpty() {
    return views.isEmpty();
  }

  /** Hashes of the items shown and not chosen since, one for every list they were in. */
  int[] passedOver(VisitorInterests interests) {
    int[] passed = new int[views.size() * MAX_ITEMS];
    int count = 0;
    for (View view : views) {
      for (int item : view.items) {
        if (!interests.holdsSince(item, view.time)) {
          passed[count++] = item;
        }
      }
    }
    return Arrays.copyOf(passed, count);
  }

  void write(ByteWriter out) {
    out.writeByte(LAYOUT);
    out.writeVarLong(views.size());
    for (View view : views) {
      out.writeVarLong(view.time);
      out.writeLong(view.event);
      out.writeByte(view.items.length);
      for (int item : view.items) {
        out.writeInt(item);
      }
    }
  }

  static ListViews read(ByteReader in) {
    in.readVersion("lists shown to a visitor", LAYOUT);
    ListViews read = new ListViews();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      long time = in.readVarLong();
      long event = in.readLong();
      int[] items = new int[in.readByte()];
      for (int i = 0; i < items.length; i++) {
        items[i] = in.readInt();
      }
      read.views.add(new View(time, event, items));
    }
    return read;
  }
}
