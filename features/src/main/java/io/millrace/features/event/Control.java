package io.millrace.features.event;

import java.util.Objects;

/**
 * What a person decides over the engine's head: a fact, which holds until it is lifted or expires.
 * Made by {@link ControlCodec}, which validates; every optional field is null where the message did
 * not carry it.
 *
 * @param controlId names the control, so that it can be changed and lifted; 1 to 128 bytes
 * @param kind what is decided
 * @param target on what
 * @param actor who decided, 1 to 128 bytes
 * @param value how much, where the kind takes a value
 * @param expiresAt from when on it holds no more, milliseconds since the epoch
 */
public record Control(
    String controlId, Kind kind, Target target, String actor, Value value, Long expiresAt) {

  /** Last place in a list that a {@link Kind#PIN} can give. */
  public static final int MAX_PLACE = 50;

  /** Least factor of a {@link Kind#BOOST}. */
  public static final double MIN_FACTOR = 0.1;

  /** Greatest factor of a {@link Kind#BOOST}. */
  public static final double MAX_FACTOR = 10;

  public Control {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(target, "target");
  }

  /**
   * What a control decides. The order of the constants is part of the serialized form: add at the
   * end.
   */
  public enum Kind {
    /** Alerts about the target are held back. */
    SNOOZE,
    /** A price that waits for approval is taken. */
    APPROVE_PRICE,
    /** Prices of the target stay as they are. */
    FREEZE_PRICES,
    /** An item stands at a place in every list. */
    PIN,
    /** What the target covers is scored higher, or lower, in every list. */
    BOOST,
    /** What the target covers is in no list; of a visitor's sessions nothing is. */
    EXCLUDE,
    /** The job writes everything that it keeps in Redis once more. */
    REPUBLISH;

    static final WireNames<Kind> NAMES = new WireNames<>(Kind.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code freeze_prices}. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * What a control is about, written {@code type:rest}.
   *
   * @param type one of the constants here, or a word that another job knows, such as {@code card}
   * @param rest which one: an id, a path, or {@code KEY=VALUE}
   */
  public record Target(String type, String rest) {
    /** The item of that id. */
    public static final String ITEM = "item";

    /** All items in the category of that path or below it. */
    public static final String CATEGORY = "category";

    /** All items of the brand. */
    public static final String BRAND = "brand";

    /** All items whose attribute has the value; the first {@code =} ends the key. */
    public static final String ATTRIBUTE = "attribute";

    /** The job of that name. */
    public static final String JOB = "job";

    /** The visitor of that id. */
    public static final String VISITOR = "visitor";

    public Target {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(rest, "rest");
    }

    /** Whether the target is of that type. */
    public boolean is(String other) {
      return type.equals(other);
    }

    /** The key of an {@link #ATTRIBUTE}. */
    public String attributeKey() {
      return rest.substring(0, rest.indexOf('='));
    }

    /** The value of an {@link #ATTRIBUTE}. */
    public String attributeValue() {
      return rest.substring(rest.indexOf('=') + 1);
    }

    /** As it is written. */
    @Override
    public String toString() {
      return type + ":" + rest;
    }
  }

  /**
   * A number or a text, the other being null.
   *
   * @param number the value, if it is a number
   * @param text the value, if it is a text
   */
  public record Value(Double number, String text) {
    public Value {
      if ((number == null) == (text == null)) {
        throw new IllegalArgumentException("a value is either a number or a text");
      }
    }

    /** A number. */
    public static Value of(double number) {
      return new Value(number, null);
    }

    /** A text. */
    public static Value of(String text) {
      return new Value(null, text);
    }
  }

  /** The place in the list that a {@link Kind#PIN} gives its item, from 1. */
  public int place() {
    return value == null ? 1 : value.number().intValue();
  }

  /** What a {@link Kind#BOOST} multiplies scores by. */
  public double factor() {
    return value.number();
  }

  /** Whether it holds at a time, in milliseconds since the epoch. */
  public boolean holdsAt(long time) {
    return expiresAt == null || time < expiresAt;
  }
}
