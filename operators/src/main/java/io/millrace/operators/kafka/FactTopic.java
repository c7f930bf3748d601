package io.millrace.operators.kafka;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItemCodec;
import io.millrace.features.event.CompactionKey;
import io.millrace.features.event.Control;
import io.millrace.features.event.ControlCodec;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlertCodec;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabelCodec;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.rule.CompiledRule;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.Serializable;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;

/**
 * A topic of facts or requests, which do not move event time, and how to read it.
 *
 * @param name of the Kafka topic; the uids of its operators begin with it
 * @param parser reads one message
 * @param type of the values
 * @param <E> the type of the values
 */
public record FactTopic<E>(String name, FactParser<E> parser, FlatTypeInfo<E> type)
    implements Serializable {

  public FactTopic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(parser, "parser");
    Objects.requireNonNull(type, "type");
  }

  /**
   * Reads the fact in one Kafka message.
   *
   * @param <E> the type of the values
   */
  @FunctionalInterface
  public interface FactParser<E> extends Serializable {
    /**
     * @param key the Kafka key, null for none
     * @param payload the Kafka value, null for a tombstone
     * @param origin timestamp of the Kafka record, milliseconds since the epoch
     * @return the fact, never null
     * @throws InvalidEventException if it is not valid; the message becomes a dead letter
     */
    Fact<E> parse(byte[] key, byte[] payload, long origin) throws InvalidEventException;
  }

  /**
   * The key of a value.
   *
   * @param <E> the type of the values
   */
  @FunctionalInterface
  public interface FactKey<E> extends Function<E, String>, Serializable {}

  /** What the store sells, by item. */
  public static FactTopic<CatalogItem> catalog() {
    CatalogItemCodec codec = new CatalogItemCodec(Clock.systemUTC());
    return compacted(
        Topics.CATALOG,
        "item_id",
        (key, payload) -> codec.decode(payload),
        CatalogItem::itemId,
        EventTypes.CATALOG_ITEM);
  }

  /** What people decide over the engine's head, by control. */
  public static FactTopic<Control> controls() {
    ControlCodec codec = new ControlCodec(Clock.systemUTC());
    return compacted(
        Topics.CONTROLS,
        "control_id",
        (key, payload) -> codec.decode(payload),
        Control::controlId,
        EventTypes.CONTROL);
  }

  /**
   * What analysts watch for, by rule. A rule that makes no sense is refused here, so that the rule
   * before it goes on.
   */
  public static FactTopic<FraudRule> fraudRules() {
    FraudRuleCodec codec = new FraudRuleCodec(Clock.systemUTC());
    return compacted(
        Topics.FRAUD_RULES,
        "rule_id",
        (key, payload) -> CompiledRule.of(codec.decode(payload)).rule(),
        FraudRule::ruleId,
        EventTypes.FRAUD_RULE);
  }

  /**
   * What somebody found out about orders, by order; the payload decides, whatever the Kafka key.
   */
  public static FactTopic<FraudLabel> fraudLabels() {
    FraudLabelCodec codec = new FraudLabelCodec(Clock.systemUTC());
    return new FactTopic<>(
        Topics.FRAUD_LABELS,
        (key, payload, origin) -> {
          FraudLabel label = codec.decode(payload);
          return new Fact<>(label.orderId(), label, origin);
        },
        EventTypes.FRAUD_LABEL);
  }

  /** Who is to be forgotten, by visitor; the payload decides, whatever the Kafka key. */
  public static FactTopic<Erasure> erasures() {
    ErasureCodec codec = new ErasureCodec(Clock.systemUTC());
    return new FactTopic<>(
        Topics.ERASURES,
        (key, payload, origin) -> {
          Erasure erasure = codec.decode(payload);
          return new Fact<>(erasure.visitorId(), erasure, origin);
        },
        EventTypes.ERASURE);
  }

  /** What the fraud job told of alert episodes, by alert; the payload decides, whatever the key. */
  public static FactTopic<FraudAlert> fraudAlerts() {
    FraudAlertCodec codec = new FraudAlertCodec(Clock.systemUTC());
    return new FactTopic<>(
        Topics.FRAUD_ALERTS,
        (key, payload, origin) -> {
          FraudAlert alert = codec.decode(payload);
          return new Fact<>(alert.alertId(), alert, origin);
        },
        EventTypes.FRAUD_ALERT);
  }

  /** What was learned, by model. */
  public static FactTopic<ModelSnapshot> models() {
    ModelSnapshotCodec codec = new ModelSnapshotCodec(Clock.systemUTC());
    return compacted(
        Topics.MODELS,
        "model_id",
        (key, payload) -> codec.decode(payload),
        ModelSnapshot::modelId,
        EventTypes.MODEL_SNAPSHOT);
  }

  /**
   * A compacted topic: the Kafka key must be the id in the payload, and a message without payload
   * deletes what its key names.
   *
   * @param idField the field that holds the id
   */
  public static <E> FactTopic<E> compacted(
      String name, String idField, EventParser<E> parser, FactKey<E> id, FlatTypeInfo<E> type) {
    return new FactTopic<>(
        name,
        (key, payload, origin) -> {
          if (payload == null) {
            return new Fact<>(CompactionKey.deleted(idField, key), null, origin);
          }
          E value = parser.parse(key, payload);
          CompactionKey.check(idField, id.apply(value), key);
          return new Fact<>(id.apply(value), value, origin);
        },
        type);
  }
}
