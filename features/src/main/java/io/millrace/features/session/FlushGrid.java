package io.millrace.features.session;

/** The event times at which a visitor's sessions are flushed; visitors are spread over the grid. */
record FlushGrid(long interval, long phase) {

  static FlushGrid of(String visitor, SessionSettings settings) {
    return new FlushGrid(settings.flushMs(), Math.floorMod(Hashes.of(visitor), settings.flushMs()));
  }

  long atOrBefore(long time) {
    return time - Math.floorMod(time - phase, interval);
  }

  long atOrAfter(long time) {
    return time + Math.floorMod(phase - time, interval);
  }
}
