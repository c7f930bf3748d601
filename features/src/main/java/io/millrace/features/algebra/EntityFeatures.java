package io.millrace.features.algebra;

import io.millrace.features.algebra.Plan.Decay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one entity: what is known of its events, from which the features of a set are
 * computed. A function of the set of events, not of their order of arrival: the bytes are the same,
 * and the values to the last bit. An event that comes again changes nothing while its row is
 * retained. Not safe for use by several threads.
 *
 * <p>The newest rows are retained, in the order (time, tie), as long as a window may reach them and
 * an hour longer, or a 64th of the longest window if that is more. Where there are more than may be
 * retained, the oldest go into the buckets of a {@link Tail}. All rows that left go into a {@link
 * Summary} for the features that look at all events ever. Sums with a half-life are kept on their
 * own, each a {@link DecayedSum} of all rows.
 */
public final class EntityFeatures {
  /** Rows retained at most where nothing else is said. */
  public static final int MAX_ROWS = 4_096;

  /** A value complete since always: before every time. */
  public static final long ALWAYS = Long.MIN_VALUE;

  final FeatureSet set;
  final Layouts layouts;
  final RetainedRows rows;
  Summary ever;
  Tail tail;
  final List<DecayedSum> decays = new ArrayList<>();

  /** By element of the layout, since when it is complete. */
  final long[] since;

  private final Plan plan;
  private final int maxRows;
  private Departed departed = Departed.NONE;

  /**
   * What is known of rows that are not retained.
   *
   * @param any whether there are any
   * @param time of the newest of them
   * @param tie of the newest of them
   * @param lost time of the newest of them that is in no bucket of the tail, or {@link #ALWAYS}
   */
  record Departed(boolean any, long time, long tie, long lost) {
    static final Departed NONE = new Departed(false, ALWAYS, ALWAYS, ALWAYS);

    Departed with(KeptRow row) {
      boolean newer = !any || row.time() > time || row.time() == time && row.tie() > tie;
      return newer ? new Departed(true, row.time(), row.tie(), lost) : this;
    }

    Departed losing(long newLost) {
      return newLost <= lost ? this : new Departed(any, time, tie, newLost);
    }

    /** Whether one of them may be at (time, tie) or after it. */
    boolean reaches(long otherTime, long otherTie) {
      return any && (time > otherTime || time == otherTime && tie >= otherTie);
    }
  }

  /** No event yet, with {@link #MAX_ROWS}. */
  public EntityFeatures(Layouts layouts) {
    this(layouts, MAX_ROWS);
  }

  /**
   * No event yet.
   *
   * @param layouts of the set of features
   * @param maxRows rows retained at most
   * @throws IllegalArgumentException if none or more than {@link #MAX_ROWS} are to be retained
   */
  public EntityFeatures(Layouts layouts, int maxRows) {
    if (maxRows < 1 || maxRows > MAX_ROWS) {
      throw new IllegalArgumentException(
          "%d rows to retain; it may be 1 to %d".formatted(maxRows, MAX_ROWS));
    }
    this.layouts = layouts;
    this.maxRows = maxRows;
    set = layouts.set();
    plan = set.plan();
    rows = new RetainedRows(plan);
    ever = new Summary(plan.everMeasures(), Measure.EVER_PRECISION);
    tail = new Tail(plan);
    plan.decays().forEach(decay -> decays.add(new DecayedSum(decay.halfLife())));
    since = layouts.newest().alwaysComplete();
  }

  /**
   * Adds an event.
   *
   * @return false if it was added before, and nothing changes
   * @throws IllegalArgumentException if it is of another schema
   */
  public boolean add(Row row) {
    check(row);
    KeptRow kept = plan.keep(row);
    boolean newest = isEmpty() || row.time > newestTime();
    if (!newest && isBeforeRetained(row)) {
      addToDecays(kept);
      leave(kept);
      return true;
    }
    int place = rows.placeOf(row.time, row.tie);
    if (rows.isAt(place, row.time, row.tie)) {
      return false;
    }
    rows.insert(place, kept);
    if (newest) {
      decays.forEach(decay -> decay.advance(row.time));
    }
    addToDecays(kept);
    trim();
    return true;
  }

  /**
   * Adds an event as {@link #add} does, or where one of the same time and tie is retained, gives
   * that one the content of this.
   *
   * @return false if it is retained with this content already, and nothing changes
   * @throws IllegalArgumentException if it is of another schema
   */
  public boolean put(Row row) {
    check(row);
    int place = rows.placeOf(row.time, row.tie);
    return rows.isAt(place, row.time, row.tie) ? replace(place, plan.keep(row)) : add(row);
  }

  /**
   * Gives an event that was added before another content, if it is retained.
   *
   * @return false if it is not retained, and nothing changes
   * @throws IllegalArgumentException if it is of another schema
   */
  public boolean replace(Row row) {
    check(row);
    int place = rows.placeOf(row.time, row.tie);
    boolean retained = rows.isAt(place, row.time, row.tie);
    if (retained) {
      replace(place, plan.keep(row));
    }
    return retained;
  }

  private boolean replace(int place, KeptRow kept) {
    KeptRow before = rows.row(place);
    if (kept.holdsSame(before)) {
      return false;
    }
    rows.replace(place, kept);
    for (int i = 0; i < decays.size(); i++) {
      Pair pair = plan.decays().get(i).pair();
      if (pair.holds(before)) {
        decays.get(i).remove(before.time(), pair.value(before));
      }
    }
    addToDecays(kept);
    return true;
  }

  private void check(Row row) {
    if (row.schema() != set.schema()) {
      throw new IllegalArgumentException(
          "an event of schema %s for feature set %s; build it with the set's own schema %s"
              .formatted(row.schema().name(), set.name(), set.schema().name()));
    }
  }

  /**
   * Forgets all events up to a time, as if only those retained after it had ever come. Where later
   * ones are not retained, they are lost too, as they cannot be told from those before: then values
   * are complete only for events after the newest lost, and say so.
   *
   * @return false if there is nothing to forget, and nothing changes
   */
  public boolean forgetUpTo(long time) {
    byte[] before = toBytes();
    while (!isEmpty() && rows.time(rows.start()) <= time) {
      rows.removeFirst();
    }
    boolean lost = departed.any() && departed.time() > time;
    departed =
        lost ? new Departed(true, departed.time(), departed.tie(), departed.time()) : Departed.NONE;
    ever = new Summary(plan.everMeasures(), Measure.EVER_PRECISION);
    tail = new Tail(plan);
    new Completeness(plan, since).forgetUpTo(time, departed.time());
    beginDecays();
    return !Arrays.equals(before, toBytes());
  }

  /** Sums with a half-life begin with the retained rows. */
  private void beginDecays() {
    for (int i = 0; i < decays.size(); i++) {
      decays.set(i, new DecayedSum(plan.decays().get(i).halfLife()));
      beginDecay(i);
    }
  }

  /** A sum with a half-life, which has nothing yet, begins with the retained rows. */
  void beginDecay(int number) {
    if (isEmpty()) {
      return;
    }
    DecayedSum sum = decays.get(number);
    Pair pair = plan.decays().get(number).pair();
    sum.advance(newestTime());
    for (int row = rows.start(); row < rows.end(); row++) {
      if (rows.holds(pair, row)) {
        sum.add(rows.time(row), rows.value(pair, row));
      }
    }
    Completeness completeness = new Completeness(plan, since);
    completeness.ofDecay(number, Math.max(departed.time(), completeness.ofPair(pair)));
  }

  private boolean isBeforeRetained(Row row) {
    return row.time <= newestTime() - plan.retention()
        || rows.size() >= maxRows
            && rows.placeOf(row.time, row.tie) == rows.start()
            && !rows.isAt(rows.start(), row.time, row.tie);
  }

  private void addToDecays(KeptRow row) {
    for (int i = 0; i < decays.size(); i++) {
      Decay decay = plan.decays().get(i);
      if (decay.pair().holds(row)) {
        decays.get(i).add(row.time(), decay.pair().value(row));
      }
    }
  }

  /**
   * Lets go of rows that no window reaches any more, and of the oldest where there are too many.
   */
  void trim() {
    long newestTime = newestTime();
    while (rows.time(rows.start()) <= newestTime - plan.retention() || rows.size() > maxRows) {
      leave(rows.removeFirst());
    }
    departed = departed.losing(tail.expire(newestTime));
  }

  private void leave(KeptRow row) {
    ever.add(row);
    departed = departed.with(row);
    if (!tail.add(row, newestTime())) {
      departed = departed.losing(row.time());
    }
  }

  Departed departed() {
    return departed;
  }

  void departed(Departed of) {
    departed = of;
  }

  /** Whether there was no event yet. */
  public boolean isEmpty() {
    return rows.size() == 0;
  }

  /** Events that are retained. */
  public int retainedRows() {
    return rows.size();
  }

  /**
   * Event time of the newest event.
   *
   * @throws IllegalStateException if there was none yet
   */
  public long newestTime() {
    if (isEmpty()) {
      throw new IllegalStateException("no event yet; ask isEmpty() before");
    }
    return rows.time(rows.end() - 1);
  }

  /**
   * All values as of the newest event.
   *
   * @throws IllegalStateException if there was none yet
   */
  public FeatureValues values() {
    return values(newestTime(), rows.tie(rows.end() - 1));
  }

  /**
   * All values as of a moment: of the events that are not after it in the order (time, tie). If
   * there is an event at it, that is the current one. Exact as of events that are retained, and of
   * moments after the newest.
   */
  public FeatureValues values(long time, long tie) {
    return new Evaluation(this, time, tie).values();
  }

  /** The state value; {@link FeatureSet#maxBytes} says how long it may be. */
  public byte[] toBytes() {
    return StateFormat.write(this);
  }

  /** Reads a state value, with {@link #MAX_ROWS}; see {@link #ofBytes(byte[], Layouts, int)}. */
  public static EntityFeatures ofBytes(byte[] bytes, Layouts layouts) {
    return ofBytes(bytes, layouts, MAX_ROWS);
  }

  /**
   * Reads a state value. Where it was written in an older layout, what rows held stays; a field or
   * filter that is new starts empty, and says since when; what is no longer declared is dropped.
   *
   * @throws IllegalStateException if it is of a layout that is not known
   */
  public static EntityFeatures ofBytes(byte[] bytes, Layouts layouts, int maxRows) {
    EntityFeatures entity = new EntityFeatures(layouts, maxRows);
    StateFormat.read(bytes, entity);
    if (!entity.isEmpty()) {
      entity.trim();
    }
    return entity;
  }
}
