package io.millrace.operators.types;

import io.millrace.features.event.Click;
import io.millrace.features.event.DeadLetter;

/** Type information of the events that enter the engine. */
public final class EventTypes {
  /** A click, in flat bytes. */
  public static final FlatTypeInfo<Click> CLICK =
      new FlatTypeInfo<>(Click.class, new ClickSerializer());

  /** A message that could not be read, in flat bytes. */
  public static final FlatTypeInfo<DeadLetter> DEAD_LETTER =
      new FlatTypeInfo<>(DeadLetter.class, new DeadLetterSerializer());

  private EventTypes() {}
}
