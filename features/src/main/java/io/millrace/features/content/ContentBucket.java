package io.millrace.features.content;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The items that share one band of their signatures, the newest {@link ContentSettings#bucketSize}
 * of them, and the pairs of them that are alike. A pair that shares several bands is told by the
 * lowest one only, so that near-identical items, which share them all, cost no more than others.
 *
 * <p>What a bucket has told depends on nothing but the items in it, however they came; that it was
 * full once is the exception: what it let go does not come back by itself.
 */
public final class ContentBucket {
  private static final int VERSION = 1;

  private final ContentSettings settings;
  private final List<Member> members = new ArrayList<>();
  private int band;

  /** An empty bucket. */
  public ContentBucket(ContentSettings settings) {
    this.settings = settings;
  }

  /** An item and when it was so; {@code hashes} as in {@link ContentSignature}. */
  private record Member(String item, long time, byte[] hashes) {
    private boolean isNewerThan(Member other) {
      return time != other.time ? time > other.time : item.compareTo(other.item) < 0;
    }
  }

  /**
   * What has become of the pairs of one item with others.
   *
   * @param similarities as {@link ContentSignature#similarity} has them, 0 where the pair is no
   *     more; in step with {@code others}
   */
  public record Pairs(String item, String[] others, int[] similarities) {}

  /** Items in it. */
  public int size() {
    return members.size();
  }

  /**
   * Adds an item, or replaces what it was before.
   *
   * @param itemBand which band of the item's signature this bucket is for
   * @param time when the item's content was so, milliseconds since the epoch
   * @return the pairs that have changed by it
   */
  public List<Pairs> put(int itemBand, String item, long time, byte[] hashes) {
    band = itemBand;
    Member now = new Member(item, time, hashes);
    List<Pairs> changes = new ArrayList<>(2);
    while (members.size() > settings.bucketSize()) {
      letOldestGo(changes);
    }
    Member before = take(item);
    if (members.size() == settings.bucketSize()) {
      if (!now.isNewerThan(members.get(members.size() - 1))) {
        return changes;
      }
      letOldestGo(changes);
    }
    addPairs(changes, item, before, now);
    insert(now);
    return changes;
  }

  /**
   * Takes an item out.
   *
   * @return the pairs that are no more
   */
  public List<Pairs> remove(String item) {
    List<Pairs> changes = new ArrayList<>(1);
    addPairs(changes, item, take(item), null);
    return changes;
  }

  private void letOldestGo(List<Pairs> changes) {
    Member oldest = members.remove(members.size() - 1);
    addPairs(changes, oldest.item, oldest, null);
  }

  private void addPairs(List<Pairs> changes, String item, Member before, Member now) {
    int count = 0;
    String[] others = new String[members.size()];
    int[] similarities = new int[members.size()];
    for (Member member : members) {
      int was = told(before, member);
      int is = told(now, member);
      if (was != is) {
        others[count] = member.item;
        similarities[count++] = is;
      }
    }
    if (count > 0) {
      changes.add(
          new Pairs(item, Arrays.copyOf(others, count), Arrays.copyOf(similarities, count)));
    }
  }

  private int told(Member one, Member other) {
    if (one == null
        || ContentSignature.lowestSharedBand(one.hashes, other.hashes, settings.rows()) != band) {
      return 0;
    }
    int similarity = ContentSignature.similarity(one.hashes, other.hashes);
    return similarity < settings.minSimilarity() * ContentSettings.SIMILARITY_PARTS
        ? 0
        : similarity;
  }

  private Member take(String item) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).item.equals(item)) {
        return members.remove(i);
      }
    }
    return null;
  }

  private void insert(Member added) {
    int place = members.size();
    while (place > 0 && added.isNewerThan(members.get(place - 1))) {
      place--;
    }
    members.add(place, added);
  }

  /** Its flat bytes. */
  public byte[] toBytes() {
    int size = members.isEmpty() ? 0 : members.get(0).hashes.length;
    ByteWriter writer = new ByteWriter(16 + members.size() * (24 + size));
    writer.writeByte(VERSION);
    writer.writeVarLong(band);
    writer.writeVarLong(size);
    writer.writeVarLong(members.size());
    for (Member member : members) {
      writer.writeText(member.item);
      writer.writeSignedVarLong(member.time);
      writer.writeBytes(member.hashes);
    }
    return writer.toBytes();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static ContentBucket ofBytes(byte[] bytes, ContentSettings settings) {
    ByteReader reader = new ByteReader(bytes);
    reader.readVersion("content bucket", VERSION);
    ContentBucket bucket = new ContentBucket(settings);
    bucket.band = reader.readVarInt();
    int size = reader.readVarInt();
    for (int n = reader.readVarInt(); n > 0; n--) {
      bucket.members.add(
          new Member(reader.readText(), reader.readSignedVarLong(), reader.readBytes(size)));
    }
    return bucket;
  }
}
