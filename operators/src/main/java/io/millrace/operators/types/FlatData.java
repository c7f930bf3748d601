package io.millrace.operators.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The parts that flat bytes are made of. */
public final class FlatData {
  private FlatData() {}

  /** Writes a whole number of 0 or more in 1 to 5 bytes, seven bits each. */
  public static void writeVarint(int value, DataOutputView target) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      target.writeByte(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    target.writeByte(rest);
  }

  /** Reads what {@link #writeVarint} wrote. */
  public static int readVarint(DataInputView source) throws IOException {
    int value = 0;
    int shift = 0;
    int next;
    do {
      next = source.readByte();
      value |= (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  /** Writes a length and UTF-8. */
  public static void writeText(String text, DataOutputView target) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), target);
  }

  /** Reads what {@link #writeText} wrote. */
  public static String readText(DataInputView source) throws IOException {
    return new String(readBytes(source), StandardCharsets.UTF_8);
  }

  /** Writes a length and bytes. */
  public static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    writeVarint(bytes.length, target);
    target.write(bytes);
  }

  /** Reads what {@link #writeBytes} wrote. */
  public static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[readVarint(source)];
    source.readFully(bytes);
    return bytes;
  }

  /** Writes a count and that many texts. */
  public static void writeTexts(List<String> texts, DataOutputView target) throws IOException {
    writeVarint(texts.size(), target);
    for (String text : texts) {
      writeText(text, target);
    }
  }

  /** Reads what {@link #writeTexts} wrote. */
  public static List<String> readTexts(DataInputView source) throws IOException {
    String[] texts = new String[readVarint(source)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = readText(source);
    }
    return List.of(texts);
  }
}
