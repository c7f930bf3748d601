package io.millrace.operators.types;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Up to 31 fields of one kind of which any may be absent: one bit each as a varint, the first
 * lowest, then those present in order.
 */
final class OptionalFields {
  private OptionalFields() {}

  static void writeTexts(DataOutputView target, String... fields) throws IOException {
    FlatData.writeVarint(presence(fields), target);
    for (String field : fields) {
      if (field != null) {
        FlatData.writeText(field, target);
      }
    }
  }

  static String[] readTexts(int count, DataInputView source) throws IOException {
    int present = FlatData.readVarint(source);
    String[] fields = new String[count];
    for (int i = 0; i < count; i++) {
      fields[i] = (present & 1 << i) != 0 ? FlatData.readText(source) : null;
    }
    return fields;
  }

  static void writeDoubles(DataOutputView target, Double... fields) throws IOException {
    FlatData.writeVarint(presence(fields), target);
    for (Double field : fields) {
      if (field != null) {
        target.writeDouble(field);
      }
    }
  }

  static Double[] readDoubles(int count, DataInputView source) throws IOException {
    int present = FlatData.readVarint(source);
    Double[] fields = new Double[count];
    for (int i = 0; i < count; i++) {
      fields[i] = (present & 1 << i) != 0 ? source.readDouble() : null;
    }
    return fields;
  }

  static void writeLongs(DataOutputView target, Long... fields) throws IOException {
    FlatData.writeVarint(presence(fields), target);
    for (Long field : fields) {
      if (field != null) {
        target.writeLong(field);
      }
    }
  }

  static Long[] readLongs(int count, DataInputView source) throws IOException {
    int present = FlatData.readVarint(source);
    Long[] fields = new Long[count];
    for (int i = 0; i < count; i++) {
      fields[i] = (present & 1 << i) != 0 ? source.readLong() : null;
    }
    return fields;
  }

  private static int presence(Object[] fields) {
    int present = 0;
    for (int i = 0; i < fields.length; i++) {
      present |= fields[i] != null ? 1 << i : 0;
    }
    return present;
  }
}
