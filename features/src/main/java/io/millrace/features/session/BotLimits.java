package io.millrace.features.session;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;

/**
 * Counts how fast and how wide a session's clicks come, and remembers once they went too far. Both
 * counts only grow with every further click and do not depend on the order in which clicks come, as
 * long as none comes more than a minute late; so neither does the verdict.
 */
final class BotLimits {
  private static final long MINUTE_MS = 60_000;

  private long minute;
  private int clicksInMinute;
  private int clicksInMinuteBefore;
  private int moves;
  private boolean exceeded;

  boolean exceeded() {
    return exceeded;
  }

  /**
   * @param newMoves how many more times the session moves from one item to another by this click
   */
  void count(long time, int newMoves, SessionSettings settings) {
    moves += newMoves;
    count(Math.floorDiv(time, MINUTE_MS), 1);
    judge(settings);
  }

  /**
   * @param newMoves how many more times the joined session moves than the two did
   */
  void join(BotLimits other, int newMoves, SessionSettings settings) {
    moves += other.moves + newMoves;
    count(other.minute - 1, other.clicksInMinuteBefore);
    count(other.minute, other.clicksInMinute);
    exceeded |= other.exceeded;
    judge(settings);
  }

  private void count(long itsMinute, int clicks) {
    if (itsMinute > minute) {
      clicksInMinuteBefore = itsMinute == minute + 1 ? clicksInMinute : 0;
      clicksInMinute = 0;
      minute = itsMinute;
    }
    if (itsMinute == minute) {
      clicksInMinute += clicks;
    } else if (itsMinute == minute - 1) {
      clicksInMinuteBefore += clicks;
    }
  }

  private void judge(SessionSettings settings) {
    int fastest = Math.max(clicksInMinute, clicksInMinuteBefore);
    exceeded |= settings.maxClicksPerMinute() > 0 && fastest > settings.maxClicksPerMinute();
    exceeded |= settings.maxBreadth() > 0 && moves > settings.maxBreadth();
  }

  void write(ByteWriter out) {
    out.writeVarLong(minute);
    out.writeVarLong(clicksInMinute);
    out.writeVarLong(clicksInMinuteBefore);
    out.writeVarLong(moves);
  }

  static BotLimits read(ByteReader in, boolean exceeded) {
    BotLimits limits = new BotLimits();
    limits.minute = in.readVarLong();
    limits.clicksInMinute = in.readVarInt();
    limits.clicksInMinuteBefore = in.readVarInt();
    limits.moves = in.readVarInt();
    limits.exceeded = exceeded;
    return limits;
  }
}
