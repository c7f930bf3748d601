package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest {
  private static final InvalidEventException FAULT =
      new InvalidEventException(Reason.OUT_OF_RANGE, "price", "price is -1; send \"more\"");

  private static Map<String, Object> read(byte[] json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        fields.put(
            name,
            parser.nextToken() == JsonToken.VALUE_STRING
                ? parser.getText()
                : (Object) parser.getLongValue());
      }
      assertThat(parser.nextToken()).isNull();
    }
    return fields;
  }

  @Test
  void writesTheFieldsOfTheContract() throws Exception {
    byte[] payload = "{\"price\":-1}".getBytes(UTF_8);

    byte[] json = DeadLetter.of("clickstream", 3, 42, payload, FAULT, 1_763_985_000_000L).toJson();

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("topic", "clickstream");
    expected.put("partition", 3L);
    expected.put("offset", 42L);
    expected.put("reason", "out_of_range");
    expected.put("field", "price");
    expected.put("detail", "price is -1; send \"more\"");
    expected.put("payload_base64", Base64.getEncoder().encodeToString(payload));
    expected.put("received_at", 1_763_985_000_000L);
    assertThat(read(json)).containsExactlyEntriesOf(expected);
  }

  @Test
  void keepsAPrefixLengthAndDigestOfALargePayload() throws Exception {
    byte[] payload = new byte[5 * 1024 * 1024];
    new Random(1).nextBytes(payload);

    Map<String, Object> letter = read(DeadLetter.of("t", 0, 0, payload, FAULT, 0).toJson());

    assertThat(Base64.getDecoder().decode((String) letter.get("payload_base64")))
        .isEqualTo(Arrays.copyOf(payload, 512 * 1024));
    assertThat(letter)
        .containsEntry("payload_bytes", 5L * 1024 * 1024)
        .containsEntry(
            "sha256",
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload)));
  }

  @Test
  void keepsAPayloadOfExactlyTheLimitWhole() throws Exception {
    byte[] payload = new byte[DeadLetter.MAX_PAYLOAD_BYTES];

    Map<String, Object> letter = read(DeadLetter.of("t", 0, 0, payload, FAULT, 0).toJson());

    assertThat(Base64.getDecoder().decode((String) letter.get("payload_base64")))
        .isEqualTo(payload);
    assertThat(letter).doesNotContainKeys("payload_bytes", "sha256");
  }

  @Test
  void takesANullPayloadAsEmpty() throws Exception {
    assertThat(read(DeadLetter.of("t", 0, 0, null, FAULT, 0).toJson()))
        .containsEntry("payload_base64", "");
  }

  @Test
  void mendsADetailThatEndsInHalfACharacter() throws Exception {
    InvalidEventException cut = new InvalidEventException(Reason.WRONG_TYPE, "f", "cut \uD835…");

    assertThat(read(DeadLetter.of("t", 0, 0, null, cut, 0).toJson()))
        .containsEntry("detail", "cut ?…");
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED_JSON,malformed_json",
    "INVALID_UTF8,invalid_utf8",
    "TOO_LARGE,too_large",
    "MISSING_FIELD,missing_field",
    "WRONG_TYPE,wrong_type",
    "OUT_OF_RANGE,out_of_range",
    "UNKNOWN_VALUE,unknown_value",
    "KEY_MISMATCH,key_mismatch",
    "INVALID_RULE,invalid_rule",
    "INVALID_CONTROL,invalid_control",
  })
  void namesReasonsAsTheContractDoes(Reason reason, String name) {
    assertThat(reason.wireName()).isEqualTo(name);
  }
}
