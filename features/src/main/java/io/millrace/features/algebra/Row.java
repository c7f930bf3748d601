package io.millrace.features.algebra;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.session.Hashes;
import java.util.Arrays;

/**
 * One event as the algebra sees it. Events are ordered by time, then by tie; two with both alike
 * are the same event.
 */
public final class Row {
  private static final long MAX_TIME = 1L << 53;

  final long time;
  final long tie;
  private final Schema schema;
  private final long[] values;
  private final String[] texts;

  private Row(Builder builder) {
    schema = builder.schema;
    time = builder.time;
    tie = builder.tie;
    values = builder.values;
    texts = builder.texts;
  }

  /** Event time, milliseconds since the epoch. */
  public long time() {
    return time;
  }

  /** What orders it among the events of its millisecond. */
  public long tie() {
    return tie;
  }

  Schema schema() {
    return schema;
  }

  boolean has(int field) {
    return values[field] != Field.MISSING;
  }

  /** A number in fixed point, 1 or 0 for a flag, the hash of a text. */
  long value(int field) {
    return values[field];
  }

  String text(int field) {
    return texts[field];
  }

  /** The hash of a text, which is never {@link Field#MISSING}. */
  static long hash(String text) {
    return Math.max(Hashes.of(text), Field.MISSING + 1);
  }

  /** Puts an event together; fields that are not set are missing. */
  public static final class Builder {
    private final Schema schema;
    private final long time;
    private final long tie;
    private final long[] values;
    private final String[] texts;

    Builder(Schema schema, long time, long tie) {
      if (time <= -MAX_TIME || time >= MAX_TIME) {
        throw new IllegalArgumentException(
            "event time %d; give milliseconds since the epoch, below 2^53 in magnitude"
                .formatted(time));
      }
      this.schema = schema;
      this.time = time;
      this.tie = tie;
      values = new long[schema.fields().size()];
      texts = new String[values.length];
      Arrays.fill(values, Field.MISSING);
    }

    /**
     * Sets a number, rounded to the decimals of its field.
     *
     * @throws IllegalArgumentException if the field is unknown or no number, or the value is not
     *     finite or too large for the decimals
     */
    public Builder number(String field, double value) {
      int place = place(field, Field.Type.NUMBER);
      values[place] = schema.fields().get(place).scale(value);
      return this;
    }

    /** As {@link #number(String, double)}, for a whole number. */
    public Builder number(String field, long value) {
      int place = place(field, Field.Type.NUMBER);
      values[place] = schema.fields().get(place).scale(value);
      return this;
    }

    /**
     * Sets a text; null leaves it missing.
     *
     * @throws IllegalArgumentException if the field is unknown or no text, or the text is longer
     *     than {@link Field#MAX_TEXT_CHARS}
     */
    public Builder text(String field, String value) {
      int place = place(field, Field.Type.TEXT);
      if (value == null) {
        return this;
      }
      if (value.length() > Field.MAX_TEXT_CHARS) {
        throw new IllegalArgumentException(
            "field %s: a text of %d characters; %d at most, cut it before"
                .formatted(field, value.length(), Field.MAX_TEXT_CHARS));
      }
      texts[place] = wellFormed(value);
      values[place] = hash(texts[place]);
      return this;
    }

    /** Half a character cannot be stored: it becomes a question mark, now as later. */
    private static String wellFormed(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          return new String(text.getBytes(UTF_8), UTF_8);
        }
      }
      return text;
    }

    /**
     * Sets a flag.
     *
     * @throws IllegalArgumentException if the field is unknown or no flag
     */
    public Builder flag(String field, boolean value) {
      values[place(field, Field.Type.FLAG)] = value ? 1 : 0;
      return this;
    }

    private int place(String field, Field.Type type) {
      int place = schema.indexOf(field);
      Field.Type declared = schema.fields().get(place).type();
      if (declared != type) {
        throw new IllegalArgumentException(
            "field %s is a %s in schema %s, not a %s"
                .formatted(field, declared, schema.name(), type));
      }
      return place;
    }

    /** The event; the builder must not be used again. */
    public Row build() {
      return new Row(this);
    }
  }
}
