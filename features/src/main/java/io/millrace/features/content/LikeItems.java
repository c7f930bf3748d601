package io.millrace.features.content;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.PartialAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The items that are like one item, by the buckets that say so. One bucket takes back only what it
 * has said itself, so that it does not matter in which order the buckets are heard. There are no
 * more than the item's buckets can hold, bands × (bucket size − 1).
 */
public final class LikeItems {
  private static final int VERSION = 1;
  private static final Comparator<Like> BY_ITEM =
      Comparator.comparing(Like::item).thenComparingLong(Like::bucket);
  private static final Comparator<Like> BEST_FIRST =
      Comparator.comparingInt(Like::similarity).reversed();

  /** Ascending by item, then bucket. */
  private final List<Like> likes = new ArrayList<>();

  private record Like(String item, long bucket, int similarity) {}

  /** How many there are. */
  public int size() {
    return likes.size();
  }

  /**
   * Takes in what a bucket says of another item.
   *
   * @param bucket key of the band
   * @param similarity as {@link ContentSignature#similarity}, 0 to take it back
   */
  public void put(String item, long bucket, int similarity) {
    Like like = new Like(item, bucket, similarity);
    int place = placeOf(like);
    boolean known = place >= 0;
    if (similarity == 0) {
      if (known) {
        likes.remove(place);
      }
    } else if (known) {
      likes.set(place, like);
    } else {
      likes.add(-place - 1, like);
    }
  }

  /** By item and bucket: the place, or −1 − the place it would have. */
  private int placeOf(Like like) {
    int low = 0;
    int high = likes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = BY_ITEM.compare(likes.get(middle), like);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /**
   * The items most like, best first, ties by item id.
   *
   * @param source the item itself
   * @return scores from 0 to 1; evidence in {@link ContentSettings#SIMILARITY_PARTS} parts of 1
   */
  public PartialAnswer best(String source, int most) {
    List<Like> best = bestOfEach();
    // Stable: they are in the order of the ids, and ties remain so.
    best.sort(BEST_FIRST);
    best = best.subList(0, Math.min(most, best.size()));
    String[] items = new String[best.size()];
    float[] scores = new float[items.length];
    short[] evidence = new short[items.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = best.get(i).item;
      evidence[i] = (short) best.get(i).similarity;
      scores[i] = (float) evidence[i] / ContentSettings.SIMILARITY_PARTS;
    }
    return new PartialAnswer(source, ContentSettings.SIMILARITY_PARTS, items, scores, evidence);
  }

  /** What the bucket that finds it most alike says of each item, by item. */
  private List<Like> bestOfEach() {
    List<Like> best = new ArrayList<>();
    Like last = null;
    for (Like like : likes) {
      if (last == null || !last.item.equals(like.item)) {
        best.add(like);
        last = like;
      } else if (like.similarity > last.similarity) {
        best.set(best.size() - 1, like);
        last = like;
      }
    }
    return best;
  }

  /** Their flat bytes. */
  public byte[] toBytes() {
    ByteWriter writer = new ByteWriter(8 + 32 * likes.size());
    writer.writeByte(VERSION);
    writer.writeVarLong(likes.size());
    for (Like like : likes) {
      writer.writeText(like.item);
      writer.writeLong(like.bucket);
      writer.writeByte(like.similarity);
    }
    return writer.toBytes();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static LikeItems ofBytes(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    reader.readVersion("like items", VERSION);
    LikeItems read = new LikeItems();
    for (int n = reader.readVarInt(); n > 0; n--) {
      read.likes.add(new Like(reader.readText(), reader.readLong(), reader.readByte()));
    }
    return read;
  }
}
