package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.event.InvalidEventException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A codec and a valid message, of which a test changes one field at a time.
 *
 * @param decoder of the codec
 * @param message the JSON of each field by name
 */
record Refusals<E>(Codec.Decoder<E> decoder, Map<String, String> message) {

  /** The message with one field more, or another; null leaves it out. */
  byte[] with(String field, String json) {
    Map<String, String> fields = new LinkedHashMap<>(message);
    fields.put(field, json);
    return fields.entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(UTF_8);
  }

  /** What comes of the message with one field changed. */
  E read(String field, String json) throws InvalidEventException {
    return decoder.decode(with(field, json));
  }

  /** Demands that the message with one field changed is refused, and returns why. */
  InvalidEventException refusal(String field, String json) {
    InvalidEventException refusal =
        catchThrowableOfType(InvalidEventException.class, () -> decoder.decode(with(field, json)));
    assertThat(refusal).as("%s of %s is refused", field, json).isNotNull();
    return refusal;
  }

  /** Demands that it is refused for {@code reason}, naming {@code at}. */
  void assertRefused(String field, String json, Reason reason, String at) {
    InvalidEventException refusal = refusal(field, json);
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.field()).as(refusal.getMessage()).isEqualTo(at);
    assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(400);
  }
}
