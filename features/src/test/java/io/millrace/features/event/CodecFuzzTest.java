package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Named.named;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives is a valid value or a dead letter that can be written; nothing else is thrown.
 */
class CodecFuzzTest {
  private static final long SEED = 7_041_776;
  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u",
    "\\uD835",
    "null",
    "true",
    "-",
    "1e",
    "0.",
    "1e999",
    "99999999999",
    "1763985000000",
    "\"v\"",
    "\"a/b\"",
    "\"item:i\"",
    " ",
    "\u0000",
    "𝒳",
    "\"" + "𝒳".repeat(90) + "\"",
    "é"
  };

  private int valid;
  private int refusals;

  /** Every codec, with the fields and names that are its own. */
  static Stream<Named<Fuzzed<?>>> codecs() {
    return Stream.of(
        named(
            "clicks",
            new Fuzzed<>(
                Codec.CLICKS,
                "event_id event_type event_time visitor_id item_id item_ids price currency"
                    + " quantity view_item")),
        named(
            "orders",
            new Fuzzed<>(
                Codec.ORDERS,
                "event_id order_id status event_time visitor_id currency lines item_id quantity"
                    + " unit_price payment card_id account_created_at placed cancelled")),
        named(
            "catalog",
            new Fuzzed<>(
                Codec.CATALOG,
                "item_id title category brand attributes list_price min_price max_price currency"
                    + " stock promotions from to label status adult season_end hidden")),
        named(
            "controls",
            new Fuzzed<>(
                Codec.CONTROLS, "control_id kind target actor value expires_at pin boost exclude")),
        named(
            "rules",
            new Fuzzed<>(
                Codec.RULES,
                "rule_id version owner state entity on where aggregate function field window"
                    + " compare threshold steps times within severity action active card 10m")),
        named("labels", new Fuzzed<>(Codec.LABELS, "order_id is_fraud label_time source review")),
        named(
            "alerts",
            new Fuzzed<>(
                Codec.ALERTS.asWritten(),
                "alert_id state revision type rule_id rule_version model_id model_version entity"
                    + " visitor_ids order_ids severity action score probability expected_loss"
                    + " reasons code feature value baseline contribution triggering_event_id"
                    + " event_ids window from to event_time detection_time shadow suppressed_by"
                    + " open rule high review")),
        named("erasures", new Fuzzed<>(Codec.ERASURES, "visitor_id requested_at")),
        named("receipts", new Fuzzed<>(Codec.RECEIPTS, "visitor_id job requested_at completed_at")),
        named(
            "models",
            new Fuzzed<>(
                Codec.MODELS, "model_id version fingerprint examples event_time weights AAAA")));
  }

  /** A codec and the words it knows. */
  record Fuzzed<E>(Codec<E> codec, String words) {
    private String token(Random random) {
      String[] known = words.split(" ");
      int at = random.nextInt(TOKENS.length + known.length);
      return at < TOKENS.length
          ? TOKENS[at]
          : "\"" + known[at - TOKENS.length] + (random.nextInt(4) == 0 ? "\"" : "\":");
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void survivesRandomBytes(Fuzzed<?> fuzzed) {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = new byte[random.nextInt(200)];
      random.nextBytes(payload);
      check(fuzzed.codec(), payload);
    }
    assertThat(refusals).isEqualTo(20_000);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void survivesRandomTokens(Fuzzed<?> fuzzed) {
    Random random = new Random(SEED);
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder("{");
      for (int n = random.nextInt(20); n >= 0; n--) {
        text.append(fuzzed.token(random));
      }
      check(fuzzed.codec(), text.append('}').toString().getBytes(UTF_8));
    }
    assertThat(refusals).isPositive();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void survivesMutationsOfValidValues(Fuzzed<?> fuzzed) {
    Random random = new Random(SEED);
    for (int i = 0; i < 30_000; i++) {
      byte[] payload = next(fuzzed.codec(), random);
      for (int n = random.nextInt(4); n > 0; n--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }
      payload = random.nextBoolean() ? payload : splice(payload, fuzzed.token(random), random);
      check(fuzzed.codec(), random.nextInt(5) == 0 ? truncate(payload, random) : payload);
    }
    assertThat(valid).as("values that survived").isGreaterThan(3_000);
    assertThat(refusals).as("values that broke").isGreaterThan(3_000);
  }

  private static <E> byte[] next(Codec<E> codec, Random random) {
    return codec.encoder().encode(codec.values().next(random));
  }

  private static byte[] splice(byte[] payload, String text, Random random) {
    byte[] token = text.getBytes(UTF_8);
    int at = random.nextInt(payload.length);
    byte[] spliced = Arrays.copyOf(payload, payload.length + token.length);
    System.arraycopy(token, 0, spliced, at, token.length);
    System.arraycopy(payload, at, spliced, at + token.length, payload.length - at);
    return spliced;
  }

  private static byte[] truncate(byte[] payload, Random random) {
    return Arrays.copyOf(payload, random.nextInt(payload.length));
  }

  private <E> void check(Codec<E> codec, byte[] payload) {
    try {
      E value = codec.decoder().decode(payload);
      assertThat(codec.decoder().decode(codec.encoder().encode(value))).isEqualTo(value);
      valid++;
    } catch (InvalidEventException e) {
      assertThat(DeadLetter.of("topic", 0, 0, payload, e, 0).toJson()).isNotEmpty();
      refusals++;
    } catch (RuntimeException e) {
      fail("seed " + SEED + ", payload " + HexFormat.of().formatHex(payload), e);
    }
  }
}
