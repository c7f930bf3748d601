package io.millrace.features.rule;

import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Source;

/** Which field of an event names an entity. */
final class EntityFields {
  private EntityFields() {}

  /** The name of the field, null if events of that topic never name such an entity. */
  static String name(Entity entity, Source source) {
    boolean order = source == Source.ORDERS;
    return switch (entity) {
      case VISITOR -> "visitor_id";
      case DEVICE -> "device_id";
      case IP -> "ip";
      case CARD -> order ? "payment.card_id" : null;
      case EMAIL -> order ? "email_hash" : null;
      case MERCHANT -> order ? "merchant_id" : null;
    };
  }
}
