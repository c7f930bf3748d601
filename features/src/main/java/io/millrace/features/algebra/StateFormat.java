package io.millrace.features.algebra;

import io.millrace.features.algebra.EntityFeatures.Departed;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.Arrays;

/** The state of an entity as flat bytes, in the order of its {@link Layout}. */
final class StateFormat {
  private static final int LAYOUT = 1;

  private StateFormat() {}

  static byte[] write(EntityFeatures entity) {
    ByteWriter out = new ByteWriter(64 + entity.rows.size() * 24);
    out.writeByte(LAYOUT);
    out.writeVarLong(entity.layouts.current());
    write(entity.departed(), out);
    RowFormat.write(entity.rows, entity.set.plan(), out);
    entity.tail.write(out);
    if (entity.departed().any()) {
      entity.ever.write(out);
    }
    entity.decays.forEach(decay -> decay.write(out));
    writeSince(entity.since, out);
    return out.toBytes();
  }

  private static void write(Departed departed, ByteWriter out) {
    out.writeByte(departed.any() ? 1 : 0);
    if (departed.any()) {
      out.writeSignedVarLong(departed.time());
      out.writeLong(departed.tie());
      out.writeByte(departed.lost() == EntityFeatures.ALWAYS ? 0 : 1);
      if (departed.lost() != EntityFeatures.ALWAYS) {
        out.writeSignedVarLong(departed.lost());
      }
    }
  }

  private static Departed readDeparted(ByteReader in) {
    if (in.readByte() == 0) {
      return Departed.NONE;
    }
    long time = in.readSignedVarLong();
    long tie = in.readLong();
    long lost = in.readByte() == 0 ? EntityFeatures.ALWAYS : in.readSignedVarLong();
    return new Departed(true, time, tie, lost);
  }

  private static void writeSince(long[] since, ByteWriter out) {
    int restricted = 0;
    for (long time : since) {
      restricted += time == EntityFeatures.ALWAYS ? 0 : 1;
    }
    out.writeVarLong(restricted);
    for (int i = 0; i < since.length; i++) {
      if (since[i] != EntityFeatures.ALWAYS) {
        out.writeVarLong(i);
        out.writeSignedVarLong(since[i]);
      }
    }
  }

  /** Reads a value into an entity that has no event yet. */
  static void read(byte[] bytes, EntityFeatures entity) {
    ByteReader in = new ByteReader(bytes);
    in.readVersion("the features of an entity", LAYOUT);
    Migration migration = entity.layouts.from(in.readVarInt());
    entity.departed(readDeparted(in));
    RowFormat.read(in, migration, entity.rows);
    entity.tail.read(in, migration.tailKinds(), migration.tail());
    if (entity.departed().any()) {
      entity.ever.read(in, migration.everKinds(), migration.ever(), Measure.EVER_PRECISION);
    }
    readDecays(in, migration, entity);
    readSince(in, migration, entity);
    for (int number : migration.newDecays()) {
      entity.beginDecay(number);
    }
  }

  private static void readDecays(ByteReader in, Migration migration, EntityFeatures entity) {
    for (int place : migration.decays()) {
      DecayedSum sum = place < 0 ? new DecayedSum(1) : entity.decays.get(place);
      sum.read(in);
      if (!entity.isEmpty()) {
        sum.advance(entity.newestTime());
      }
    }
  }

  private static void readSince(ByteReader in, Migration migration, EntityFeatures entity) {
    long[] before = new long[migration.elements()];
    Arrays.fill(before, EntityFeatures.ALWAYS);
    for (int rest = in.readVarInt(); rest > 0; rest--) {
      before[in.readVarInt()] = in.readSignedVarLong();
    }
    long now = entity.isEmpty() ? EntityFeatures.ALWAYS : entity.newestTime();
    for (int i = 0; i < entity.since.length; i++) {
      int place = migration.before()[i];
      long begun = migration.ofRows()[i] ? now : entity.departed().time();
      entity.since[i] = place >= 0 ? before[place] : begun;
    }
  }
}
