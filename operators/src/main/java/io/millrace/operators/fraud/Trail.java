package io.millrace.operators.fraud;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.watch.EntityIds;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The entities that an event named, by which its traces are found again.
 *
 * @param ids by {@link Entity}, null where it named none
 */
public record Trail(String[] ids) {
  private static final Entity[] KINDS = Entity.values();

  static Trail of(VisitorEvent event) {
    String[] ids = new String[KINDS.length];
    for (Entity kind : KINDS) {
      ids[kind.ordinal()] = EntityIds.of(kind, event);
    }
    return new Trail(ids);
  }

  public String id(Entity kind) {
    return ids[kind.ordinal()];
  }

  void write(DataOutputView target) throws IOException {
    int present = 0;
    for (Entity kind : KINDS) {
      present |= id(kind) == null ? 0 : 1 << kind.ordinal();
    }
    target.writeByte(present);
    for (Entity kind : KINDS) {
      if (id(kind) != null) {
        FlatData.writeText(id(kind), target);
      }
    }
  }

  static Trail read(DataInputView source) throws IOException {
    int present = source.readByte();
    String[] ids = new String[KINDS.length];
    for (Entity kind : KINDS) {
      ids[kind.ordinal()] = (present & 1 << kind.ordinal()) != 0 ? FlatData.readText(source) : null;
    }
    return new Trail(ids);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trail that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }
}
