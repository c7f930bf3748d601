package io.millrace.features.neighbour;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The posting list of one item: the newest sessions that hold it, newest first, each with its items
 * in line. Keeping the newest of a set does not depend on the order in which its members come, so
 * any order of arrival leads to the same posting.
 *
 * <p>Bounded twice: by the number of sessions, and by bytes against very long ids. Not safe for use
 * by several threads.
 */
public final class Posting {
  /** Bytes of items that one posting may hold; beyond, its oldest sessions go. */
  static final int MAX_BYTES = 32 * 1024;

  private static final int MAX_DISTANCE = SessionItems.MAX_ITEMS - 1;
  private static final int LAYOUT = 2;
  private static final int KEPT_OUT = 1;
  private static final int FELL = 2;

  /** The first layout did not say since when; this is before anything that could be asked. */
  private static final long UNKNOWN_SINCE = 0;

  private final int maxSessions;
  private final long[] ids;
  private final long[] times;
  private final long[] sinces;
  private final short[][] items;

  /** For each session what {@link #profile} makes of it, null until it is asked for. */
  private final int[][] profiles;

  private int count;
  private ItemDictionary dictionary;

  /**
   * The newest session that the bound in bytes has kept out: a smaller, older one stays out too.
   */
  private long keptOutTime = Long.MIN_VALUE;

  private long keptOutId = Long.MIN_VALUE;

  /**
   * Event time of a session that was taken out, as long as none held is as new: what is said
   * without it must not seem older than what was said with it.
   */
  private long leastTime = Long.MIN_VALUE;

  /** The state of {@link Unusable} that all sessions have been held against. */
  private int usableAsOf;

  /** An empty posting of at most {@code maxSessions} sessions. */
  public Posting(int maxSessions) {
    this(maxSessions, new ItemDictionary(0));
  }

  private Posting(int maxSessions, ItemDictionary dictionary) {
    this.dictionary = dictionary;
    this.maxSessions = maxSessions;
    this.ids = new long[maxSessions + 1];
    this.times = new long[maxSessions + 1];
    this.sinces = new long[maxSessions + 1];
    this.items = new short[maxSessions + 1][];
    this.profiles = new int[maxSessions + 1][];
  }

  /** Sessions held. */
  public int size() {
    return count;
  }

  /** Whether there is nothing to keep. */
  public boolean isEmpty() {
    return count == 0 && keptOutTime == Long.MIN_VALUE;
  }

  /** Event time of the newest session, also of one taken out; 0 if there is none. */
  public long newestTime() {
    return Math.max(leastTime, newestHeld());
  }

  private long newestHeld() {
    return count == 0 ? 0 : times[0];
  }

  /** Puts a session in, in place of any earlier state of it. */
  public void upsert(SessionItems session) {
    release(session.id());
    int place = 0;
    while (place < count && isNewer(times[place], ids[place], session.time(), session.id())) {
      place++;
    }
    if (place == maxSessions || isNewer(keptOutTime, keptOutId, session.time(), session.id())) {
      return;
    }
    shift(place, place + 1, count - place);
    ids[place] = session.id();
    times[place] = session.time();
    sinces[place] = session.since();
    short[] numbers = new short[session.items().length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (short) dictionary.use(session.items()[i]);
    }
    items[place] = numbers;
    profiles[place] = null;
    count++;
    leastTime = leastTime > times[0] ? leastTime : Long.MIN_VALUE;
    if (count > maxSessions) {
      dropLast();
    }
    while (count > 1 && dictionary.usedBytes() > MAX_BYTES) {
      dropLast();
      keptOutTime = times[count];
      keptOutId = ids[count];
    }
    if (dictionary.isWasteful()) {
      renumber();
    }
  }

  /** Takes a session out; nothing happens if it is not held. */
  public void remove(long sessionId) {
    long newest = newestTime();
    if (release(sessionId)) {
      leastTime = newest > newestHeld() ? newest : Long.MIN_VALUE;
    }
  }

  private boolean release(long sessionId) {
    for (int i = 0; i < count; i++) {
      if (ids[i] == sessionId) {
        release(items[i]);
        shift(i + 1, i, count - i - 1);
        items[--count] = null;
        profiles[count] = null;
        return true;
      }
    }
    return false;
  }

  /**
   * Throws out the sessions that may not be used; whether there were any. Cheap where nothing was
   * said since the last call.
   */
  public boolean forget(Unusable unusable) {
    if (unusable.generation() == usableAsOf) {
      return false;
    }
    usableAsOf = unusable.generation();
    boolean forgot = false;
    for (int i = count - 1; i >= 0; i--) {
      if (unusable.covers(ids[i], sinces[i])) {
        remove(ids[i]);
        forgot = true;
      }
    }
    return forgot;
  }

  /** What sessions may not be used, because their visitor is to be forgotten or left out. */
  public interface Unusable {
    /** Whether a session may not be used, by its number and the time of its oldest click. */
    boolean covers(long id, long since);

    /** Grows whenever a session may not be used any more; 0 while there is none. */
    int generation();
  }

  /** The sessions held, newest first. */
  public List<SessionItems> sessions() {
    List<SessionItems> sessions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String[] texts = new String[items[i].length];
      for (int j = 0; j < texts.length; j++) {
        texts[j] = dictionary.item(items[i][j] & 0xFFFF);
      }
      sessions.add(new SessionItems(ids[i], sinces[i], times[i], texts));
    }
    return sessions;
  }

  long id(int place) {
    return ids[place];
  }

  /** The items of a session, oldest first, by their numbers in the {@link #dictionary()}. */
  short[] numbers(int place) {
    return items[place];
  }

  /**
   * The distinct items of a session in order of first mention, each with how far from the posting's
   * own item it stands, as a {@link ProfileEntry}. Scoring needs no more, and a session is scored
   * far more often than it changes.
   *
   * @param own number of the posting's own item
   */
  int[] profile(int place, int own) {
    if (profiles[place] == null) {
      profiles[place] = profileOf(items[place], own);
    }
    return profiles[place];
  }

  private static int[] profileOf(short[] numbers, int own) {
    int[] profile = new int[numbers.length];
    int distinct = 0;
    for (int z = 0; z < numbers.length; z++) {
      int entry = entryOf(numbers, z, own);
      int known = 0;
      while (known < distinct && ProfileEntry.number(profile[known]) != (numbers[z] & 0xFFFF)) {
        known++;
      }
      profile[known] = known == distinct ? entry : ProfileEntry.nearest(profile[known], entry);
      distinct += known == distinct ? 1 : 0;
    }
    return distinct == profile.length ? profile : Arrays.copyOf(profile, distinct);
  }

  private static int entryOf(short[] numbers, int place, int own) {
    int behind = distance(numbers, place, -1, own);
    int ahead = distance(numbers, place, 1, own);
    int nearest = isOwn(numbers, place, own) ? 0 : Math.min(behind, ahead);
    return ProfileEntry.of(numbers[place] & 0xFFFF, nearest, behind, ahead);
  }

  /** How many places from a place on, forward (1) or back (-1), the own item stands. */
  private static int distance(short[] numbers, int place, int direction, int own) {
    int distance = 1;
    while (distance < MAX_DISTANCE && !isOwn(numbers, place + direction * distance, own)) {
      distance++;
    }
    return distance;
  }

  private static boolean isOwn(short[] numbers, int place, int own) {
    return place >= 0 && place < numbers.length && (numbers[place] & 0xFFFF) == own;
  }

  ItemDictionary dictionary() {
    return dictionary;
  }

  /** The state value: version, distinct items, sessions that refer to them. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter(dictionary.usedBytes() + dictionary.size() + count * 32 + 16);
    out.writeByte(LAYOUT);
    int[] packed = new int[dictionary.size()];
    int used = 0;
    for (int number = 0; number < packed.length; number++) {
      if (dictionary.isUsed(number)) {
        packed[number] = used++;
      }
    }
    dictionary.write(out);
    boolean fell = leastTime > newestHeld();
    out.writeByte((keptOutTime == Long.MIN_VALUE ? 0 : KEPT_OUT) | (fell ? FELL : 0));
    if (keptOutTime != Long.MIN_VALUE) {
      out.writeLong(keptOutTime);
      out.writeLong(keptOutId);
    }
    if (fell) {
      out.writeLong(leastTime);
    }
    out.writeVarLong(count);
    long previous = 0;
    for (int i = 0; i < count; i++) {
      out.writeLong(ids[i]);
      out.writeSignedVarLong(previous - times[i]);
      previous = times[i];
      out.writeVarLong(times[i] - sinces[i]);
      out.writeByte(items[i].length);
      for (short number : items[i]) {
        int index = packed[number & 0xFFFF];
        if (used > 256) {
          out.writeByte(index >> 8);
        }
        out.writeByte(index);
      }
    }
    return out.toBytes();
  }

  /**
   * Reads a state value; with a smaller {@code maxSessions} than it was written with, the oldest
   * sessions are left out.
   */
  public static Posting ofBytes(byte[] bytes, int maxSessions) {
    ByteReader in = new ByteReader(bytes);
    int layout = in.readVersion("a posting list", LAYOUT);
    ItemDictionary dictionary = ItemDictionary.read(in);
    int used = dictionary.size();
    Posting posting = new Posting(maxSessions, dictionary);
    int flags = in.readByte();
    if ((flags & KEPT_OUT) != 0) {
      posting.keptOutTime = in.readLong();
      posting.keptOutId = in.readLong();
    }
    if ((flags & FELL) != 0) {
      posting.leastTime = in.readLong();
    }
    posting.count = Math.min(in.readVarInt(), maxSessions);
    long previous = 0;
    for (int i = 0; i < posting.count; i++) {
      posting.ids[i] = in.readLong();
      posting.times[i] = previous - in.readSignedVarLong();
      previous = posting.times[i];
      posting.sinces[i] = layout == 1 ? UNKNOWN_SINCE : previous - in.readVarLong();
      short[] numbers = new short[in.readByte()];
      for (int j = 0; j < numbers.length; j++) {
        int number = used > 256 ? in.readByte() << 8 | in.readByte() : in.readByte();
        dictionary.use(number);
        numbers[j] = (short) number;
      }
      posting.items[i] = numbers;
    }
    return posting;
  }

  private void dropLast() {
    count--;
    release(items[count]);
    items[count] = null;
    profiles[count] = null;
  }

  private void release(short[] numbers) {
    for (short number : numbers) {
      dictionary.release(number & 0xFFFF);
    }
  }

  private void renumber() {
    ItemDictionary old = dictionary;
    dictionary = new ItemDictionary(0);
    for (int i = 0; i < count; i++) {
      profiles[i] = null;
      for (int j = 0; j < items[i].length; j++) {
        items[i][j] = (short) dictionary.use(old.item(items[i][j] & 0xFFFF));
      }
    }
  }

  private void shift(int from, int to, int length) {
    System.arraycopy(ids, from, ids, to, length);
    System.arraycopy(times, from, times, to, length);
    System.arraycopy(sinces, from, sinces, to, length);
    System.arraycopy(items, from, items, to, length);
    System.arraycopy(profiles, from, profiles, to, length);
  }

  private static boolean isNewer(long time, long id, long otherTime, long otherId) {
    return time > otherTime || (time == otherTime && id > otherId);
  }
}
