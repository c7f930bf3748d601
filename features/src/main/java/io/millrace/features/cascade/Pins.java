package io.millrace.features.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Items that stand at a place of every list, by the control that says so. Not safe for use by
 * several threads.
 */
public final class Pins {
  private static final Comparator<Pin> BY_PLACE =
      Comparator.comparingInt(Pin::place).thenComparing(Pin::item);

  private final Map<String, Pin> byControl = new HashMap<>();
  private List<Pin> inOrder = List.of();

  /**
   * One pinned item.
   *
   * @param place in the list, from 1
   * @param expiresAt milliseconds since the epoch, Long.MAX_VALUE for never
   */
  public record Pin(String item, int place, long expiresAt) {}

  /** Sets what a control says, null where it says nothing any more. */
  public void put(String controlId, Pin pin) {
    if (pin == null) {
      byControl.remove(controlId);
    } else {
      byControl.put(controlId, pin);
    }
    inOrder = new ArrayList<>(byControl.values());
    inOrder.sort(BY_PLACE);
  }

  /** By control. */
  public Map<String, Pin> all() {
    return Map.copyOf(byControl);
  }

  /** Those in force at a time, by place, ties by item. */
  List<Pin> at(long time) {
    return inOrder.stream().filter(pin -> time < pin.expiresAt).toList();
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }
}
