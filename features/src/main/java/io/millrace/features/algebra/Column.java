package io.millrace.features.algebra;

/**
 * What retained rows keep of a field.
 *
 * @param field number in the schema
 * @param storage in which form
 * @param unit what 1 is in fixed point
 * @param definition tells it apart from all others, over releases
 */
record Column(int field, Storage storage, long unit, String definition) {
  /** The form in which values are kept. */
  enum Storage {
    /** Fixed-point numbers, and flags as 1 and 0. */
    NUMBER,
    /** Hashes of texts, enough to tell them apart. */
    HASH,
    /** Texts as they are. */
    TEXT
  }

  static Column of(Field field, int place, Storage storage) {
    String definition =
        "column %s %s %d %s".formatted(field.name(), field.type(), field.decimals(), storage);
    return new Column(place, storage, field.unit(), definition);
  }
}
