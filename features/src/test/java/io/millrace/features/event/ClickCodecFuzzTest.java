package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives is a click or a dead letter that can be written; nothing else is thrown. */
class ClickCodecFuzzTest {
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
    "99999999999",
    "\"event_id\":",
    "\"event_type\":",
    "\"view_item\"",
    "\"event_time\":",
    "1763985000000",
    "\"visitor_id\":",
    "\"item_id\":",
    "\"item_ids\":",
    "\"price\":",
    "\"v\"",
    "\"currency\":",
    "\"quantity\":",
    " ",
    "\u0000",
    "𝒳",
    "\"" + "𝒳".repeat(90) + "\"",
    "é"
  };

  private final ClickCodec codec = new ClickCodec(Clock.fixed(ClickCodecTest.NOW, ZoneOffset.UTC));
  private int clicks;
  private int refusals;

  @Test
  void survivesRandomBytes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 50_000; i++) {
      byte[] payload = new byte[random.nextInt(200)];
      random.nextBytes(payload);
      check(payload);
    }
    assertThat(refusals).isEqualTo(50_000);
  }

  @Test
  void survivesRandomTokens() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder("{");
      for (int n = random.nextInt(20); n >= 0; n--) {
        text.append(TOKENS[random.nextInt(TOKENS.length)]);
      }
      check(text.append('}').toString().getBytes(UTF_8));
    }
    assertThat(refusals).isPositive();
  }

  @Test
  void survivesMutationsOfValidClicks() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      byte[] payload = ClickCodec.encode(RandomClicks.next(random));
      for (int n = random.nextInt(4); n > 0; n--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }
      payload = random.nextBoolean() ? payload : splice(payload, random);
      check(random.nextInt(5) == 0 ? truncate(payload, random) : payload);
    }
    assertThat(clicks).as("clicks that survived").isGreaterThan(10_000);
    assertThat(refusals).as("clicks that broke").isGreaterThan(10_000);
  }

  private static byte[] splice(byte[] payload, Random random) {
    byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8);
    int at = random.nextInt(payload.length);
    byte[] spliced = Arrays.copyOf(payload, payload.length + token.length);
    System.arraycopy(token, 0, spliced, at, token.length);
    System.arraycopy(payload, at, spliced, at + token.length, payload.length - at);
    return spliced;
  }

  private static byte[] truncate(byte[] payload, Random random) {
    return Arrays.copyOf(payload, random.nextInt(payload.length));
  }

  private void check(byte[] payload) {
    try {
      Click click = codec.decode(payload);
      assertThat(codec.decode(ClickCodec.encode(click))).isEqualTo(click);
      clicks++;
    } catch (InvalidEventException e) {
      assertThat(DeadLetter.of("clickstream", 0, 0, payload, e, 0).toJson()).isNotEmpty();
      refusals++;
    } catch (RuntimeException e) {
      fail("seed " + SEED + ", payload " + HexFormat.of().formatHex(payload), e);
    }
  }
}
