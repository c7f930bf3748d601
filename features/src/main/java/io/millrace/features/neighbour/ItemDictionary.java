package io.millrace.features.neighbour;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The distinct items of one posting, each with a small number by which sessions refer to it.
 * Numbers of items that no session holds any more are used again. Open addressing with linear
 * probing; an entry whose count falls to zero stays findable until the table is rebuilt.
 *
 * <p>The items stand in one array, as they stand in the state: thousands of postings are in use at
 * a time, and with an object an item, following references and collecting garbage would cost more
 * than scoring does.
 */
final class ItemDictionary {
  private static final int BYTES_AN_ITEM = 16;

  /** What two bytes of size can say. */
  private static final int MAX_SIZE = (1 << 14) - 1;

  /** One item after the other, its size in bytes (seven bits a byte) before its UTF-8. */
  private byte[] texts;

  /** Where in {@link #texts} the items begin, and one more: where the last one ends. */
  private int[] starts;

  /** By number, uses; never more than a posting has places. */
  private char[] uses;

  /** By hash, number + 1 of the item; 0 where there is none. */
  private char[] table;

  private int size;
  private int unused;
  private int usedBytes;

  /**
   * @param expected items for which there is to be room from the start
   */
  ItemDictionary(int expected) {
    this(expected, new byte[Math.max(expected, 8) * BYTES_AN_ITEM]);
  }

  private ItemDictionary(int expected, byte[] texts) {
    int capacity = Math.max(expected, 8);
    this.texts = texts;
    starts = new int[capacity + 1];
    uses = new char[capacity];
    table = new char[Integer.highestOneBit(capacity) * 4];
  }

  /** Numbers are below this. */
  int size() {
    return size;
  }

  String item(int number) {
    int from = textStart(number);
    return new String(texts, from, starts[number + 1] - from, StandardCharsets.UTF_8);
  }

  /** Which item comes first: by the code points of their ids. */
  int compare(int number, int other) {
    return Arrays.compareUnsigned(
        texts, textStart(number), starts[number + 1], texts, textStart(other), starts[other + 1]);
  }

  /** Whether any session holds the item of that number. */
  boolean isUsed(int number) {
    return uses[number] > 0;
  }

  /** The number of an item, or -1 if no session ever held it. */
  int find(String item) {
    return find(item.getBytes(StandardCharsets.UTF_8));
  }

  private int find(byte[] item) {
    int mask = table.length - 1;
    for (int slot = spread(item, 0, item.length) & mask; table[slot] != 0; slot = slot + 1 & mask) {
      int number = table[slot] - 1;
      if (Arrays.equals(texts, textStart(number), starts[number + 1], item, 0, item.length)) {
        return number;
      }
    }
    return -1;
  }

  /** Counts one more use of an item and gives its number. */
  int use(String item) {
    byte[] bytes = item.getBytes(StandardCharsets.UTF_8);
    int number = find(bytes);
    if (number < 0) {
      number = add(bytes);
    }
    use(number);
    return number;
  }

  /** Counts one more use of the item of that number. */
  void use(int number) {
    if (uses[number]++ == 0) {
      unused--;
      usedBytes += textSize(number);
    }
  }

  /** Takes back one use. */
  void release(int number) {
    if (--uses[number] == 0) {
      unused++;
      usedBytes -= textSize(number);
    }
  }

  /** Adds an item that is not there, as yet unused; gives its number. */
  private int add(byte[] item) {
    if (item.length > MAX_SIZE) {
      throw new IllegalArgumentException(
          "an item id of " + item.length + " bytes; at most " + MAX_SIZE + " fit");
    }
    int start = starts[size];
    if (start + item.length + 2 > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(texts.length * 2, start + item.length + 2));
    }
    int end = start;
    if (item.length > 0x7F) {
      texts[end++] = (byte) (item.length | 0x80);
      texts[end++] = (byte) (item.length >>> 7);
    } else {
      texts[end++] = (byte) item.length;
    }
    System.arraycopy(item, 0, texts, end, item.length);
    return addEndingAt(end + item.length);
  }

  /** Adds the item whose bytes follow those of the last one. */
  private int addEndingAt(int end) {
    if (size == uses.length) {
      starts = Arrays.copyOf(starts, size * 2 + 1);
      uses = Arrays.copyOf(uses, size * 2);
    }
    starts[size + 1] = end;
    unused++;
    if (++size * 2 > table.length) {
      table = new char[table.length * 2];
      for (int number = 0; number < size; number++) {
        insert(number);
      }
    } else {
      insert(size - 1);
    }
    return size - 1;
  }

  /** Bytes that the items that sessions hold take as UTF-8. */
  int usedBytes() {
    return usedBytes;
  }

  /** Whether so many numbers lie idle that the posting should number its items anew. */
  boolean isWasteful() {
    return unused > 64 && unused > size / 2;
  }

  /** Writes how many items are in use, and these one after the other. */
  void write(ByteWriter out) {
    out.writeVarLong(size - unused);
    for (int number = 0; number < size; number++) {
      int first = number;
      while (number < size && isUsed(number)) {
        number++;
      }
      out.writeBytes(texts, starts[first], starts[number] - starts[first]);
    }
  }

  /** Reads what {@link #write} wrote; as yet none is in use. */
  static ItemDictionary read(ByteReader in) {
    int[] ends = new int[in.readVarInt()];
    byte[] texts = in.readTexts(ends);
    ItemDictionary dictionary = new ItemDictionary(ends.length, texts);
    for (int end : ends) {
      dictionary.addEndingAt(end);
    }
    return dictionary;
  }

  private int textStart(int number) {
    int start = starts[number];
    return texts[start] < 0 ? start + 2 : start + 1;
  }

  private int textSize(int number) {
    return starts[number + 1] - textStart(number);
  }

  private void insert(int number) {
    int mask = table.length - 1;
    int slot = spread(texts, textStart(number), starts[number + 1]) & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    table[slot] = (char) (number + 1);
  }

  private static int spread(byte[] text, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 16;
  }
}
