package io.millrace.jobs.local;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItemCodec;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.Control;
import io.millrace.features.event.ControlCodec;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabelCodec;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.event.VisitorEvent;

/**
 * What a store may send to the engine: one message for the topic and under the key it belongs to.
 */
public sealed interface ContractEvent {

  /** The topic, of those that {@link Topics} names. */
  String topic();

  /** The Kafka key, by which the messages about one thing keep their order. */
  String key();

  /** When it happened, in milliseconds since the epoch. */
  long eventTime();

  /** JSON in UTF-8. */
  byte[] payload();

  /** Something a visitor did. */
  static ContractEvent of(Click click) {
    return new OfClick(click);
  }

  /** Something that became of an order. */
  static ContractEvent of(Order order) {
    return new OfOrder(order);
  }

  /** Something a visitor did, or that became of their order. */
  static ContractEvent of(VisitorEvent event) {
    return event instanceof Click click ? of(click) : of((Order) event);
  }

  /**
   * Something the store says of an item.
   *
   * @param eventTime when it says so, in milliseconds since the epoch
   */
  static ContractEvent of(CatalogItem item, long eventTime) {
    return new OfItem(item, eventTime);
  }

  /**
   * What a person decides.
   *
   * @param eventTime when, in milliseconds since the epoch
   */
  static ContractEvent of(Control control, long eventTime) {
    return new OfControl(control, eventTime);
  }

  /** What somebody found out about an order. */
  static ContractEvent of(FraudLabel label) {
    return new OfLabel(label);
  }

  /**
   * What analysts watch for.
   *
   * @param eventTime when they say so, in milliseconds since the epoch
   */
  static ContractEvent of(FraudRule rule, long eventTime) {
    return new OfRule(rule, eventTime);
  }

  /** For the clickstream, by visitor. */
  record OfClick(Click click) implements ContractEvent {
    @Override
    public String topic() {
      return Topics.CLICKSTREAM;
    }

    @Override
    public String key() {
      return click.visitorId();
    }

    @Override
    public long eventTime() {
      return click.eventTime();
    }

    @Override
    public byte[] payload() {
      return ClickCodec.encode(click);
    }
  }

  /** For the orders, by order. */
  record OfOrder(Order order) implements ContractEvent {
    @Override
    public String topic() {
      return Topics.ORDERS;
    }

    @Override
    public String key() {
      return order.orderId();
    }

    @Override
    public long eventTime() {
      return order.eventTime();
    }

    @Override
    public byte[] payload() {
      return OrderCodec.encode(order);
    }
  }

  /** For the catalogue, by item. */
  record OfItem(CatalogItem item, long eventTime) implements ContractEvent {
    @Override
    public String topic() {
      return Topics.CATALOG;
    }

    @Override
    public String key() {
      return item.itemId();
    }

    @Override
    public byte[] payload() {
      return CatalogItemCodec.encode(item);
    }
  }

  /** For the controls, by control. */
  record OfControl(Control control, long eventTime) implements ContractEvent {
    @Override
    public String topic() {
      return Topics.CONTROLS;
    }

    @Override
    public String key() {
      return control.controlId();
    }

    @Override
    public byte[] payload() {
      return ControlCodec.encode(control);
    }
  }

  /** For the labels, by order. */
  record OfLabel(FraudLabel label) implements ContractEvent {
    @Override
    public String topic() {
      return Topics.FRAUD_LABELS;
    }

    @Override
    public String key() {
      return label.orderId();
    }

    @Override
    public long eventTime() {
      return label.labelTime();
    }

    @Override
    public byte[] payload() {
      return FraudLabelCodec.encode(label);
    }
  }

  /** For the rules, by rule. */
  record OfRule(FraudRule rule, long eventTime) implements ContractEvent {
    @Override
    public String topic() {
      return Topics.FRAUD_RULES;
    }

    @Override
    public String key() {
      return rule.ruleId();
    }

    @Override
    public byte[] payload() {
      return FraudRuleCodec.encode(rule);
    }
  }
}
