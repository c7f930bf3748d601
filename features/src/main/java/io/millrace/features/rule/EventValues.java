package io.millrace.features.rule;

import io.millrace.features.event.Click;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.Order;
import io.millrace.features.event.VisitorEvent;

/**
 * The fields of one event after another, each read once an event however many rules ask for it.
 * Meant to be kept and given every event in turn; not safe for use by several threads.
 */
public final class EventValues implements FieldValues {
  private final Reading<Order> orders = new Reading<>(OrderFields.CATALOGUE);
  private final Reading<Click> clicks = new Reading<>(ClickFields.CATALOGUE);
  private Reading<?> reading = orders;
  private long time;

  /** Turns to another event. */
  public void turnTo(VisitorEvent event) {
    if (event instanceof Order order) {
      orders.turnTo(order);
      reading = orders;
    } else {
      clicks.turnTo((Click) event);
      reading = clicks;
    }
    time = event.eventTime();
  }

  /** The topic that the event is of. */
  public Source source() {
    return reading.catalogue.source();
  }

  /** Event time, milliseconds since the epoch. */
  public long time() {
    return time;
  }

  /** The status of an order, the type of a click. */
  String kind() {
    return text(EventFields.KIND);
  }

  @Override
  public double number(int field) {
    return reading.number(field);
  }

  @Override
  public String text(int field) {
    return reading.text(field);
  }

  /** The event, and what was read of it. */
  private static final class Reading<E> {
    private final EventFields<E> catalogue;
    private final double[] numbers;
    private final String[] texts;
    private E event;
    private long read;

    private Reading(EventFields<E> catalogue) {
      this.catalogue = catalogue;
      numbers = new double[catalogue.size()];
      texts = new String[catalogue.size()];
    }

    private void turnTo(E next) {
      event = next;
      read = 0;
    }

    private double number(int field) {
      if ((read & 1L << field) == 0) {
        numbers[field] = catalogue.field(field).number().applyAsDouble(event);
        read |= 1L << field;
      }
      return numbers[field];
    }

    private String text(int field) {
      if ((read & 1L << field) == 0) {
        texts[field] = catalogue.field(field).text().apply(event);
        read |= 1L << field;
      }
      return texts[field];
    }
  }
}
