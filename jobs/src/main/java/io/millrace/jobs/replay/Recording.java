package io.millrace.jobs.replay;

import io.millrace.jobs.local.ContractEvent;
import java.util.List;

/**
 * What a preset makes of a file: a sequence of events, in order of event time, made when they are
 * asked for. The file has been read and found good.
 */
public interface Recording {
  /** Number of events. */
  int size();

  /** Recorded time of the i-th event, in milliseconds since the epoch; never less than before. */
  long time(int i);

  /**
   * The i-th event.
   *
   * @param shiftMs what its times are moved by, in milliseconds
   */
  ContractEvent event(int i, long shiftMs);

  /** Every topic that an event goes to. */
  List<String> topics();

  /** What there is, and what was left out and why, in a line or a few. */
  List<String> summary();
}
