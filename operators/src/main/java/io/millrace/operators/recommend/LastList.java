package io.millrace.operators.recommend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The list a visitor was last given, in flat bytes: how it was made, then the items with what they
 * are there for. The items that reasons name stand once and are referred to by their place.
 */
final class LastList {
  /** The first did not say which model ranked the list, the second not in which bucket. */
  private static final int LAYOUT = 3;

  /** Ranked by no model. */
  static final long NO_MODEL = 0;

  private static final byte[] NOTHING = {};
  private static final ReasonType[] TYPES = ReasonType.values();
  private static final Evidence.Unit[] UNITS = Evidence.Unit.values();

  /**
   * How a list was made.
   *
   * @param eventTime milliseconds since the epoch
   * @param bucket of the visitor, empty if a release made it that knew none
   * @param model version of the model that ranked it, {@link #NO_MODEL} if none did
   */
  record Origin(long eventTime, String bucket, long model) {}

  private byte[] bytes;

  /** Hashes of the items, made when they are first asked for. */
  private long[] hashes;

  LastList() {
    this(NOTHING);
  }

  LastList(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  byte[] toBytes() {
    return bytes;
  }

  void clear() {
    bytes = NOTHING;
    hashes = null;
  }

  void set(Origin origin, List<Item> items) {
    ByteWriter out = new ByteWriter(48 + items.size() * 24);
    out.writeByte(LAYOUT);
    out.writeVarLong(origin.eventTime);
    out.writeVarLong(origin.model);
    out.writeText(origin.bucket);
    out.writeVarLong(items.size());
    List<String> sources = new ArrayList<>(4);
    for (Item item : items) {
      out.writeText(item.itemId());
      out.writeInt(Float.floatToIntBits((float) item.score()));
      write(item.reason(), sources, out);
    }
    bytes = out.toBytes();
    hashes = null;
  }

  private static void write(Reason reason, List<String> sources, ByteWriter out) {
    out.writeByte(reason.type().ordinal());
    int source = reason.itemId() == null ? -1 : sources.indexOf(reason.itemId());
    if (reason.itemId() == null) {
      out.writeVarLong(0);
    } else if (source >= 0) {
      out.writeVarLong(2 + source);
    } else {
      out.writeVarLong(1);
      out.writeText(reason.itemId());
      sources.add(reason.itemId());
    }
    Evidence evidence = reason.evidence();
    out.writeByte(evidence == null ? 0 : 1 + evidence.unit().ordinal());
    if (evidence != null) {
      out.writeVarLong(evidence.count());
      out.writeVarLong(evidence.of());
    }
  }

  Origin origin() {
    return readOrigin(new ByteReader(bytes));
  }

  /**
   * Whether all of its items pass a test, by their hashes ({@link Hashes}). Asked often, the list
   * is read once.
   */
  boolean allMatch(LongPredicate test) {
    if (hashes == null) {
      hashes = items().stream().mapToLong(item -> Hashes.of(item.itemId())).toArray();
    }
    for (long hash : hashes) {
      if (!test.test(hash)) {
        return false;
      }
    }
    return true;
  }

  List<Item> items() {
    ByteReader in = new ByteReader(bytes);
    readOrigin(in);
    int size = in.readVarInt();
    List<Item> items = new ArrayList<>(size);
    List<String> sources = new ArrayList<>(4);
    for (int i = 0; i < size; i++) {
      String item = in.readText();
      float score = Float.intBitsToFloat(in.readInt());
      items.add(new Item(item, score, readReason(in, sources)));
    }
    return items;
  }

  private static Reason readReason(ByteReader in, List<String> sources) {
    ReasonType type = TYPES[in.readByte()];
    int place = in.readVarInt();
    String source = null;
    if (place == 1) {
      source = in.readText();
      sources.add(source);
    } else if (place > 1) {
      source = sources.get(place - 2);
    }
    int unit = in.readByte();
    Evidence evidence =
        unit == 0 ? null : new Evidence(UNITS[unit - 1], in.readVarInt(), in.readVarInt());
    return new Reason(type, source, evidence);
  }

  /** Reads up to the items. */
  private static Origin readOrigin(ByteReader in) {
    int layout = in.readVersion("a visitor's last list", LAYOUT);
    long eventTime = in.readVarLong();
    long model = layout == 1 ? NO_MODEL : in.readVarLong();
    return new Origin(eventTime, layout < LAYOUT ? "" : in.readText(), model);
  }
}
