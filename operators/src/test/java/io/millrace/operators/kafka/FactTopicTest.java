package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItemCodec;
import io.millrace.features.event.Control;
import io.millrace.features.event.ControlCodec;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.ErasureCodec;
import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabelCodec;
import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRuleCodec;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.operators.types.EventTypes;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactTopicTest {
  private static final CatalogItem ITEM = CatalogItem.of("i", "Shoe", "shoes");
  private static final Control CONTROL =
      new Control(
          "c",
          Control.Kind.EXCLUDE,
          new Control.Target(Control.Target.ITEM, "i"),
          "ana",
          null,
          null);

  private final ManualTime time = new ManualTime();
  private final ArrivalReader<Fact<CatalogItem>> catalog =
      ArrivalReader.of(FactTopic.catalog(), time);
  private final ArrivalReader<Fact<Control>> controls =
      ArrivalReader.of(FactTopic.controls(), time);
  private final ArrivalReader<Fact<Erasure>> erasures =
      ArrivalReader.of(FactTopic.erasures(), time);

  private final ArrivalReader<Fact<FraudRule>> rules =
      ArrivalReader.of(FactTopic.fraudRules(), time);
  private final ArrivalReader<Fact<FraudLabel>> labels =
      ArrivalReader.of(FactTopic.fraudLabels(), time);

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private Arrival<Fact<CatalogItem>> item(String key, byte[] payload) {
    return Messages.read(catalog, Messages.of("catalog", bytes(key), payload, START));
  }

  private Arrival<Fact<Control>> control(String key, byte[] payload) {
    return Messages.read(controls, Messages.of("controls", bytes(key), payload, START));
  }

  private Arrival<Fact<Erasure>> erasure(String key, byte[] payload) {
    return Messages.read(erasures, Messages.of("erasures", bytes(key), payload, START));
  }

  private Arrival<Fact<FraudRule>> rule(String key, byte[] payload) {
    return Messages.read(rules, Messages.of("fraud-rules", bytes(key), payload, START));
  }

  private static FraudRule ruleWhere(String where) {
    return new FraudRule(
        "r",
        1,
        "ana",
        FraudRule.State.ACTIVE,
        null,
        null,
        FraudRule.Entity.CARD,
        FraudRule.Source.ORDERS,
        where,
        null,
        null,
        null,
        List.of(),
        null,
        FraudRule.Severity.LOW,
        FraudRule.Action.MONITOR);
  }

  @Test
  void readsItemsAndControlsUnderTheirKeys() {
    assertThat(item("i", CatalogItemCodec.encode(ITEM)).event())
        .isEqualTo(new Fact<>("i", ITEM, START));
    assertThat(control("c", ControlCodec.encode(CONTROL)).event())
        .isEqualTo(new Fact<>("c", CONTROL, START));
  }

  @Test
  void aMessageWithoutPayloadDeletesWhatItsKeyNames() {
    Fact<CatalogItem> deleted = item("i", null).event();

    assertThat(deleted).isEqualTo(new Fact<>("i", null, START));
    assertThat(deleted.isDeleted()).isTrue();
    assertThat(control("c", null).event().isDeleted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "", "I", "i "})
  void refusesAKeyUnlikeTheId(String key) {
    DeadLetter letter = item(key, CatalogItemCodec.encode(ITEM)).deadLetter();

    assertThat(letter.reason()).isEqualTo(Reason.KEY_MISMATCH);
    assertThat(letter.field()).isEqualTo("item_id");
    assertThat(letter.topic()).isEqualTo("catalog");
    assertThat(letter.payload()).isEqualTo(CatalogItemCodec.encode(ITEM));
    assertThat(control(key, ControlCodec.encode(CONTROL)).deadLetter().field())
        .isEqualTo("control_id");
  }

  @Test
  void refusesAFactWithoutKey() {
    assertThat(item(null, CatalogItemCodec.encode(ITEM)).deadLetter().reason())
        .isEqualTo(Reason.KEY_MISMATCH);
  }

  @Test
  void refusesToDeleteWithoutAKey() {
    DeadLetter letter = item(null, null).deadLetter();

    assertThat(letter.reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(letter.payload()).isEmpty();
    assertThat(control("", null).deadLetter().reason()).isEqualTo(Reason.OUT_OF_RANGE);
  }

  @Test
  void aFaultOfThePayloadGoesBeforeOneOfTheKey() {
    assertThat(item("i", bytes("{}")).deadLetter().reason()).isEqualTo(Reason.MISSING_FIELD);
    assertThat(item("i", new byte[0]).deadLetter().reason()).isEqualTo(Reason.MALFORMED_JSON);
    assertThat(control("c", bytes("{\"kind\":\"burn\"}")).deadLetter().reason())
        .isEqualTo(Reason.INVALID_CONTROL);
  }

  @Test
  void readsRulesUnderTheirKeys() {
    FraudRule rule = ruleWhere("total > 100");

    assertThat(rule("r", FraudRuleCodec.encode(rule)).event())
        .isEqualTo(new Fact<>("r", rule, START));
    assertThat(rule("r", null).event().isDeleted()).isTrue();
    DeadLetter letter = rule("q", FraudRuleCodec.encode(rule)).deadLetter();
    assertThat(letter.reason()).isEqualTo(Reason.KEY_MISMATCH);
    assertThat(letter.field()).isEqualTo("rule_id");
  }

  @Test
  void refusesARuleWhoseConditionMakesNoSense() {
    DeadLetter letter = rule("r", FraudRuleCodec.encode(ruleWhere("totel > 100"))).deadLetter();

    assertThat(letter.reason()).isEqualTo(Reason.INVALID_RULE);
    assertThat(letter.field()).isEqualTo("where");
    assertThat(letter.detail()).contains("did you mean total?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o", "someone else", ""})
  void aLabelGoesByItsPayloadWhateverTheKey(String key) {
    FraudLabel label = new FraudLabel("o", true, START - 5, FraudLabel.Source.REVIEW);
    byte[] payload = FraudLabelCodec.encode(label);

    assertThat(
            Messages.read(labels, Messages.of("fraud-labels", bytes(key), payload, START)).event())
        .isEqualTo(new Fact<>("o", label, START));
    assertThat(
            Messages.read(labels, Messages.of("fraud-labels", bytes(key), null, START))
                .deadLetter()
                .reason())
        .isEqualTo(Reason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v", "someone else", ""})
  void anErasureGoesByItsPayloadWhateverTheKey(String key) {
    Erasure request = new Erasure("v", START - 5);

    assertThat(erasure(key, ErasureCodec.encode(request)).event())
        .isEqualTo(new Fact<>("v", request, START));
    assertThat(erasure(null, ErasureCodec.encode(request)).event().key()).isEqualTo("v");
  }

  @Test
  void anErasureWithoutPayloadIsNone() {
    assertThat(erasure("v", null).deadLetter().reason()).isEqualTo(Reason.MALFORMED_JSON);
  }

  @Test
  void aFactWithoutSensibleLogTimeIsOfNow() {
    Arrival<Fact<CatalogItem>> arrival =
        Messages.read(
            catalog, Messages.of("catalog", bytes("i"), CatalogItemCodec.encode(ITEM), -1));

    assertThat(arrival.event().origin()).isEqualTo(START);
  }

  @Test
  void neverThrowsOnRandomBytes() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = new byte[random.nextInt(200)];
      byte[] payload = random.nextBoolean() ? null : new byte[random.nextInt(100)];
      random.nextBytes(key);
      if (payload != null) {
        random.nextBytes(payload);
      }
      Arrival<Fact<CatalogItem>> arrival =
          Messages.read(catalog, Messages.of("catalog", key, payload, START));
      // A few short keys are text by chance, and then delete.
      assertThat(arrival.isEvent() && !arrival.event().isDeleted()).isFalse();
    }
  }

  @Test
  void shipsWithTheJob() throws Exception {
    ArrivalReader<Fact<CatalogItem>> shipped =
        InstantiationUtil.clone(ArrivalReader.of(FactTopic.catalog(), Clock.systemUTC()));

    assertThat(shipped.getProducedType())
        .isEqualTo(Arrival.typeInfo(Fact.typeInfo(EventTypes.CATALOG_ITEM)));
    assertThat(
            Messages.read(
                    shipped,
                    Messages.of("catalog", bytes("i"), CatalogItemCodec.encode(ITEM), START))
                .event()
                .value())
        .isEqualTo(ITEM);
  }
}
