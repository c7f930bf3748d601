package io.millrace.features.neighbour;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The distinct items of one posting, each with a small number by which sessions refer to it.
 * Numbers of items that no session holds any more are used again. Open addressing with linear
 * probing; an entry whose count falls to zero stays findable until the table is rebuilt.
 */
final class ItemDictionary {
  private String[] items;
  private int[] uses;
  private int[] sizes;
  private int size;
  private int unused;
  private int usedBytes;
  private int[] table;

  /**
   * @param expected items for which there is to be room from the start
   */
  ItemDictionary(int expected) {
    int capacity = Integer.highestOneBit(Math.max(expected, 8)) * 2;
    items = new String[capacity];
    uses = new int[capacity];
    sizes = new int[capacity];
    table = new int[capacity * 2];
  }

  /** Numbers are below this. */
  int size() {
    return size;
  }

  String item(int number) {
    return items[number];
  }

  /** Whether any session holds the item of that number. */
  boolean isUsed(int number) {
    return uses[number] > 0;
  }

  /** The number of an item, or -1 if no session ever held it. */
  int find(String item) {
    int mask = table.length - 1;
    for (int slot = spread(item) & mask; table[slot] != 0; slot = slot + 1 & mask) {
      int number = table[slot] - 1;
      if (items[number].equals(item)) {
        return number;
      }
    }
    return -1;
  }

  /** Counts one more use of an item and gives its number. */
  int use(String item) {
    int number = find(item);
    if (number < 0) {
      number = add(item, item.getBytes(StandardCharsets.UTF_8).length);
    }
    use(number);
    return number;
  }

  /** Counts one more use of the item of that number. */
  void use(int number) {
    if (uses[number]++ == 0) {
      unused--;
      usedBytes += sizes[number];
    }
  }

  /**
   * Adds an item that is not there, as yet unused; gives its number.
   *
   * @param bytes its size as UTF-8
   */
  int add(String item, int bytes) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
      uses = Arrays.copyOf(uses, size * 2);
      sizes = Arrays.copyOf(sizes, size * 2);
    }
    if (size * 2 >= table.length) {
      table = new int[table.length * 2];
      for (int number = 0; number < size; number++) {
        insert(number);
      }
    }
    items[size] = item;
    sizes[size] = bytes;
    insert(size);
    unused++;
    return size++;
  }

  /** Takes back one use. */
  void release(int number) {
    if (--uses[number] == 0) {
      unused++;
      usedBytes -= sizes[number];
    }
  }

  /** Bytes that the items that sessions hold take as UTF-8. */
  int usedBytes() {
    return usedBytes;
  }

  /** Whether so many numbers lie idle that the posting should number its items anew. */
  boolean isWasteful() {
    return unused > 64 && unused > size / 2;
  }

  private void insert(int number) {
    int mask = table.length - 1;
    int slot = spread(items[number]) & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    table[slot] = number + 1;
  }

  private static int spread(String item) {
    int hash = item.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 16;
  }
}
