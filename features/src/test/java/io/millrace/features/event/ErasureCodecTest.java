package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.InvalidEventException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasureCodecTest {
  private static final long TIME = 1_763_985_000_000L;

  private final Refusals<Erasure> erasure =
      new Refusals<>(
          Codec.ERASURES.decoder(), Map.of("visitor_id", "\"v\"", "requested_at", "1763985000000"));
  private final Refusals<ErasureReceipt> receipt =
      new Refusals<>(
          Codec.RECEIPTS.decoder(),
          Map.of(
              "visitor_id", "\"v\"",
              "job", "\"recommend\"",
              "requested_at", "1763985000000",
              "completed_at", "1763985000001"));

  @Test
  void readsARequestAndItsReceipt() throws Exception {
    assertThat(erasure.read("reason", "\"asked by mail\"")).isEqualTo(new Erasure("v", TIME));
    assertThat(receipt.read("x", "1"))
        .isEqualTo(new ErasureReceipt("v", "recommend", TIME, TIME + 1));
  }

  @Test
  void writesTheFieldsOfTheContract() {
    assertThat(new String(ErasureCodec.encode(new Erasure("v", TIME)), UTF_8))
        .isEqualTo("{\"visitor_id\":\"v\",\"requested_at\":1763985000000}");
    assertThat(
            new String(
                ErasureReceiptCodec.encode(new ErasureReceipt("v", "recommend", TIME, TIME + 1)),
                UTF_8))
        .isEqualTo(
            "{\"visitor_id\":\"v\",\"job\":\"recommend\",\"requested_at\":1763985000000,"
                + "\"completed_at\":1763985000001}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "visitor_id|null|MISSING_FIELD",
        "visitor_id|\"\"|OUT_OF_RANGE",
        "visitor_id|[\"v\"]|WRONG_TYPE",
        "requested_at|null|MISSING_FIELD",
        "requested_at|\"now\"|WRONG_TYPE",
        "requested_at|1763989200001|OUT_OF_RANGE",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason) {
    erasure.assertRefused(field, json, reason, field);
    receipt.assertRefused(field, json, reason, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "job|null|MISSING_FIELD",
        "job|\"\"|OUT_OF_RANGE",
        "completed_at|null|MISSING_FIELD",
        "completed_at|true|WRONG_TYPE",
      })
  void refusesAReceiptThatIsNotValid(String field, String json, Reason reason) {
    receipt.assertRefused(field, json, reason, field);
  }
}
