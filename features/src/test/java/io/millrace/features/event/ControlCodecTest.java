package io.millrace.features.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCodecTest {
  private static Refusals<Control> control(String kind, String target) {
    return new Refusals<>(
        Codec.CONTROLS.decoder(),
        Map.of(
            "control_id",
            "\"c\"",
            "kind",
            "\"" + kind + "\"",
            "target",
            "\"" + target + "\"",
            "actor",
            "\"ana\""));
  }

  @Test
  void readsEveryFieldOfTheContract() throws Exception {
    Refusals<Control> boost =
        new Refusals<>(
            Codec.CONTROLS.decoder(),
            Map.of(
                "control_id", "7",
                "kind", "\"boost\"",
                "target", "\"category:shoes/running\"",
                "actor", "\"ana\"",
                "value", "1.5"));

    assertThat(boost.read("expires_at", "\"2030-01-01T00:00:00Z\""))
        .isEqualTo(
            new Control(
                "7",
                Kind.BOOST,
                new Target("category", "shoes/running"),
                "ana",
                Value.of(1.5),
                1_893_456_000_000L));
  }

  @ParameterizedTest
  @CsvSource({
    "item:i:7, item, i:7",
    "brand:acme, brand, acme",
    "category:a/b, category, a/b",
    "attribute:size=42, attribute, size=42",
    "attribute:k=a=b, attribute, k=a=b",
    "visitor:v1, visitor, v1",
  })
  void readsTargets(String text, String type, String rest) throws Exception {
    Target target = control("exclude", text).read("x", "1").target();

    assertThat(target).isEqualTo(new Target(type, rest)).hasToString(text);
    assertThat(target.is(type)).isTrue();
  }

  @Test
  void keepsTargetsThatOtherJobsKnow() throws Exception {
    assertThat(control("snooze", "card:4711").read("value", "\"any\""))
        .isEqualTo(
            new Control(
                "c", Kind.SNOOZE, new Target("card", "4711"), "ana", Value.of("any"), null));
  }

  @Test
  void theFirstEqualsSignEndsTheKeyOfAnAttribute() {
    Target target = new Target(Target.ATTRIBUTE, "k=a=b");

    assertThat(target.attributeKey()).isEqualTo("k");
    assertThat(target.attributeValue()).isEqualTo("a=b");
  }

  @ParameterizedTest
  @CsvSource({"null,1", "1,1", "50,50", "7.0,7"})
  void aPinHasAPlace(String value, int place) throws Exception {
    assertThat(control("pin", "item:i").read("value", value).place()).isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource({"0.1,0.1", "1,1", "10,10", "2.5,2.5"})
  void aBoostHasAFactor(String value, double factor) throws Exception {
    assertThat(control("boost", "brand:b").read("value", value).factor()).isEqualTo(factor);
  }

  @Test
  void aJobWritesAllAgain() throws Exception {
    Control read = control("republish", "job:recommend").read("value", "null");
    assertThat(read.kind()).isEqualTo(Kind.REPUBLISH);
    assertThat(read.target()).isEqualTo(new Target(Target.JOB, "recommend"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "3", "-1e300", "\"\"", "\"why\""})
  void otherKindsTakeAnyValueOrNone(String value) throws Exception {
    for (String kind : new String[] {"snooze", "approve_price", "freeze_prices", "exclude"}) {
      Control read = control(kind, "item:i").read("value", value);
      assertThat(read.kind().wireName()).isEqualTo(kind);
      assertThat(read.value() == null).isEqualTo(value.equals("null"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pin|category:a|1",
        "pin|brand:b|1",
        "pin|visitor:v|1",
        "pin|attribute:k=v|1",
        "boost|visitor:v|2",
        "boost|card:4711|2",
        "exclude|card:4711|1",
        "exclude|device:d|1",
        "exclude|job:recommend|1",
        "republish|item:i|1",
        "republish|visitor:v|1",
      })
  void refusesATargetTheKindCannotBeAppliedTo(String kind, String target, String value) {
    control(kind, target).assertRefused("value", value, Reason.INVALID_CONTROL, "target");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pin|0",
        "pin|51",
        "pin|1.5",
        "pin|-1",
        "pin|1e300",
        "pin|\"3\"",
        "boost|0.099",
        "boost|10.01",
        "boost|0",
        "boost|-2",
        "boost|\"2\"",
        "boost|1e999",
        "snooze|1e999",
      })
  void refusesAValueTheKindDoesNotTake(String kind, String value) {
    control(kind, "item:i").assertRefused("value", value, Reason.INVALID_CONTROL, "value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "item",
        ":i",
        "item:",
        "Item:i",
        "it em:i",
        "category:",
        "category:a//b",
        "category:a/b/a",
        "brand:",
        "visitor:",
        "attribute:size",
        "attribute:=42",
        "attribute:size=",
        "card:",
        "averyveryveryveryverylongtypeofatarget:1",
      })
  void refusesWhatIsNoTarget(String target) {
    control("snooze", target).assertRefused("x", "1", Reason.INVALID_CONTROL, "target");
  }

  @Test
  void boundsTargets() {
    String longId = "x".repeat(129);
    for (String type : new String[] {"item:", "brand:", "visitor:", "attribute:"}) {
      control("exclude", type + longId + (type.startsWith("a") ? "=v" : ""))
          .assertRefused("x", "1", Reason.INVALID_CONTROL, "target");
    }
    control("snooze", "card:" + "x".repeat(513))
        .assertRefused("x", "1", Reason.INVALID_CONTROL, "target");
    control("exclude", "attribute:k=" + "x".repeat(513))
        .assertRefused("x", "1", Reason.INVALID_CONTROL, "target");
  }

  @ParameterizedTest
  @ValueSource(strings = {"control_id", "kind", "target", "actor"})
  void refusesAMissingField(String field) {
    control("exclude", "item:i").assertRefused(field, null, Reason.MISSING_FIELD, field);
  }

  @Test
  void aBoostWithoutAFactorIsNone() {
    control("boost", "item:i").assertRefused("value", null, Reason.MISSING_FIELD, "value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "control_id|true|WRONG_TYPE",
        "control_id|\"\"|INVALID_CONTROL",
        "kind|\"burn\"|INVALID_CONTROL",
        "kind|1|WRONG_TYPE",
        "target|{}|WRONG_TYPE",
        "actor|\"\"|INVALID_CONTROL",
        "actor|\"\\uD835\"|INVALID_UTF8",
        "value|true|WRONG_TYPE",
        "value|{}|WRONG_TYPE",
        "expires_at|\"2031-01-01T00:00:00Z\"|INVALID_CONTROL",
        "expires_at|\"never\"|WRONG_TYPE",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason) {
    control("exclude", "item:i").assertRefused(field, json, reason, field);
  }

  @Test
  void whatCannotBeReadIsNoControlAtAll() {
    control("exclude", "item:i").assertRefused("x", "[", Reason.MALFORMED_JSON, "");
    control("exclude", "item:i").assertRefused("x", "[".repeat(5_000), Reason.OUT_OF_RANGE, "");
  }

  @Test
  void namesFieldValueAndRemedy() {
    assertThat(control("pin", "brand:acme").refusal("value", "1"))
        .hasMessage("target of pin is 'brand:acme'; send one of type item");
    assertThat(control("pin", "item:i").refusal("value", "99"))
        .hasMessage(
            "value of pin is 99.0; send a place in the list from 1 to 50, or none for the first");
    assertThat(control("exclude", "everything").refusal("value", "1"))
        .hasMessage(
            "target is 'everything'; send item:ID, category:PATH, brand:NAME,"
                + " attribute:KEY=VALUE, visitor:ID or job:NAME");
  }

  @Test
  void holdsUntilItExpires() {
    Target item = new Target(Target.ITEM, "i");

    assertThat(new Control("c", Kind.PIN, item, "ana", null, 5L).holdsAt(4)).isTrue();
    assertThat(new Control("c", Kind.PIN, item, "ana", null, 5L).holdsAt(5)).isFalse();
    assertThat(new Control("c", Kind.PIN, item, "ana", null, null).holdsAt(5)).isTrue();
  }

  @Test
  void aValueIsEitherNumberOrText() {
    assertThatThrownBy(() -> new Value(1.0, "1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Value(null, null)).isInstanceOf(IllegalArgumentException.class);
  }
}
