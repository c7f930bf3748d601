package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/** Counts how fast and how wide a session's clicks come, and remembers once they went too far. */
final class BotLimits {
  private static final long MINUTE_MS = 60_000;

  private long minute;
  private int clicksInMinute;
  private int breadth;
  private boolean exceeded;

  boolean exceeded() {
    return exceeded;
  }

  /**
   * @param moved whether the click is on another item than the one before
   */
  void count(long time, boolean moved, SessionSettings settings) {
    breadth += moved ? 1 : 0;
    long itsMinute = Math.floorDiv(time, MINUTE_MS);
    if (itsMinute > minute) {
      minute = itsMinute;
      clicksInMinute = 0;
    }
    clicksInMinute += itsMinute == minute ? 1 : 0;
    exceeded |= settings.maxClicksPerMinute() > 0 && clicksInMinute > settings.maxClicksPerMinute();
    exceeded |= settings.maxBreadth() > 0 && breadth > settings.maxBreadth();
  }

  void join(BotLimits other) {
    breadth += other.breadth;
    exceeded |= other.exceeded;
    if (other.minute > minute) {
      minute = other.minute;
      clicksInMinute = other.clicksInMinute;
    }
  }

  void write(ByteWriter out) {
    out.writeVarLong(minute);
    out.writeVarLong(clicksInMinute);
    out.writeVarLong(breadth);
  }

  static BotLimits read(ByteReader in, boolean exceeded) {
    BotLimits limits = new BotLimits();
    limits.minute = in.readVarLong();
    limits.clicksInMinute = in.readVarInt();
    limits.breadth = in.readVarInt();
    limits.exceeded = exceeded;
    return limits;
  }
}
