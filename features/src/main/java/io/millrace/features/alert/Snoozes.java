package io.millrace.features.alert;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.Control;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which entities are snoozed, by which controls, and until when. Of who decided nothing is kept.
 * Not safe for use by several threads.
 */
public final class Snoozes {
  /** When a snooze ends that has no end, or none that is known here. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int LAYOUT = 1;

  /** By control. */
  private final Map<String, Snooze> snoozes = new TreeMap<>();

  /** The controls of each entity, the smallest id first. */
  private final Map<String, TreeMap<String, Snooze>> byEntity = new HashMap<>();

  private record Snooze(String entity, long until) {}

  /** A control holds as it is now, whatever it was before; one that is no snooze is left out. */
  public void put(Control control) {
    remove(control.controlId());
    if (control.kind() == Control.Kind.SNOOZE) {
      Long expiresAt = control.expiresAt();
      put(
          control.controlId(),
          new Snooze(control.target().toString(), expiresAt == null ? NEVER : expiresAt));
    }
  }

  private void put(String controlId, Snooze snooze) {
    snoozes.put(controlId, snooze);
    byEntity.computeIfAbsent(snooze.entity(), each -> new TreeMap<>()).put(controlId, snooze);
  }

  /** A control is lifted; unknown ones may be. */
  public void remove(String controlId) {
    Snooze snooze = snoozes.remove(controlId);
    if (snooze != null) {
      Map<String, Snooze> rest = byEntity.get(snooze.entity());
      rest.remove(controlId);
      if (rest.isEmpty()) {
        byEntity.remove(snooze.entity());
      }
    }
  }

  /**
   * The control that snoozes an entity, of several the one with the smallest id.
   *
   * @param entity {@code type:id}
   * @param time event time, milliseconds since the epoch
   * @return its id, null if none does
   */
  public String suppressing(String entity, long time) {
    for (Map.Entry<String, Snooze> each : of(entity).entrySet()) {
      if (time < each.getValue().until()) {
        return each.getKey();
      }
    }
    return null;
  }

  /** When a control that snoozes an entity ends; {@link #NEVER} if it does not snooze it. */
  long until(String entity, String controlId) {
    Snooze snooze = controlId == null ? null : of(entity).get(controlId);
    return snooze == null ? NEVER : snooze.until();
  }

  private Map<String, Snooze> of(String entity) {
    Map<String, Snooze> found = byEntity.get(entity);
    return found == null ? Map.of() : found;
  }

  /** How many there are, those that have ended among them. */
  public int size() {
    return snoozes.size();
  }

  /** The state value. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(16 + 48 * snoozes.size());
    out.writeByte(LAYOUT);
    out.writeVarLong(snoozes.size());
    snoozes.forEach(
        (controlId, snooze) -> {
          out.writeText(controlId);
          out.writeText(snooze.entity());
          out.writeLong(snooze.until());
        });
    return out.toBytes();
  }

  /** Reads a state value. */
  public static Snoozes ofBytes(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("snoozes", LAYOUT);
    Snoozes read = new Snoozes();
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      read.put(in.readText(), new Snooze(in.readText(), in.readLong()));
    }
    return read;
  }
}
