package io.millrace.features.fraud;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.time.Duration;

/** What labelled payments leave that are added in the order of their places. */
final class LabelledEpisode {
  private static final int ANY = 1;
  private static final int FRAUD = 2;
  private static final int GENUINE = 4;

  /** Which of the times below are. */
  private int known;

  private long lastTime;
  private long lastTie;
  private long first;
  private long lastGenuine;
  private long streak;
  private long frauds;
  private long genuine;

  LabelledEpisode copy() {
    LabelledEpisode copy = new LabelledEpisode();
    copy.known = known;
    copy.lastTime = lastTime;
    copy.lastTie = lastTie;
    copy.first = first;
    copy.lastGenuine = lastGenuine;
    copy.streak = streak;
    copy.frauds = frauds;
    copy.genuine = genuine;
    return copy;
  }

  void add(long time, long tie, boolean fraud, boolean explained, Duration length) {
    if (fraud && !explained) {
      if (!hasFraud() || time - first > length.toMillis()) {
        first = time;
        frauds = 0;
        genuine = 0;
        known |= FRAUD;
      }
      streak++;
    }
    if (fraud) {
      frauds++;
    } else {
      genuine++;
      streak = 0;
      lastGenuine = time;
      known |= GENUINE;
    }
    lastTime = time;
    lastTie = tie;
    known |= ANY;
  }

  /** Whether a place is not behind the last one added. */
  boolean covers(long time, long tie) {
    return (known & ANY) != 0 && (time < lastTime || time == lastTime && tie <= lastTie);
  }

  boolean isEmpty() {
    return (known & ANY) == 0;
  }

  boolean hasFraud() {
    return (known & FRAUD) != 0;
  }

  boolean hasGenuine() {
    return (known & GENUINE) != 0;
  }

  long first() {
    return first;
  }

  long lastGenuine() {
    return lastGenuine;
  }

  long streak() {
    return streak;
  }

  long frauds() {
    return frauds;
  }

  long genuine() {
    return genuine;
  }

  void write(ByteWriter out) {
    out.writeByte(known);
    if (known == 0) {
      return;
    }
    out.writeSignedVarLong(lastTime);
    out.writeLong(lastTie);
    out.writeSignedVarLong(hasFraud() ? lastTime - first : 0);
    out.writeSignedVarLong(hasGenuine() ? lastTime - lastGenuine : 0);
    out.writeVarLong(streak);
    out.writeVarLong(frauds);
    out.writeVarLong(genuine);
  }

  static LabelledEpisode read(ByteReader in) {
    LabelledEpisode read = new LabelledEpisode();
    read.known = in.readByte();
    if (read.known == 0) {
      return read;
    }
    read.lastTime = in.readSignedVarLong();
    read.lastTie = in.readLong();
    read.first = read.lastTime - in.readSignedVarLong();
    read.lastGenuine = read.lastTime - in.readSignedVarLong();
    read.streak = in.readVarLong();
    read.frauds = in.readVarLong();
    read.genuine = in.readVarLong();
    return read;
  }
}
