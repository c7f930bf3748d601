package io.millrace.features.neighbour;

import java.util.Arrays;

/**
 * The distinct items of one posting, each with a small number by which sessions refer to it.
 * Numbers of items that no session holds any more are used again. Open addressing with linear
 * probing; an entry whose count falls to zero stays findable until the table is rebuilt.
 */
final class ItemDictionary {
  private String[] items = new String[16];
  private int[] uses = new int[16];
  private int size;
  private int unused;
  private int usedBytes;
  private int[] table = new int[64];

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
      number = add(item);
    } else if (uses[number] == 0) {
      unused--;
    }
    if (uses[number]++ == 0) {
      usedBytes += item.length() + 1;
    }
    return number;
  }

  /** Takes back one use. */
  void release(int number) {
    if (--uses[number] == 0) {
      unused++;
      usedBytes -= items[number].length() + 1;
    }
  }

  /** About how many bytes the items that sessions hold take. */
  int usedBytes() {
    return usedBytes;
  }

  /** Whether so many numbers lie idle that the posting should number its items anew. */
  boolean isWasteful() {
    return unused > 64 && unused > size / 2;
  }

  private int add(String item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
      uses = Arrays.copyOf(uses, size * 2);
    }
    if ((size + 1) * 2 > table.length) {
      table = new int[table.length * 2];
      for (int number = 0; number < size; number++) {
        insert(number);
      }
    }
    items[size] = item;
    insert(size);
    return size++;
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
