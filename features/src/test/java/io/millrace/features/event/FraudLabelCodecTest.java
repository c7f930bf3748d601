package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.FraudLabel.Source;
import io.millrace.features.event.InvalidEventException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FraudLabelCodecTest {
  private static final long TIME = 1_763_985_000_000L;

  private final Refusals<FraudLabel> label =
      new Refusals<>(
          Codec.LABELS.decoder(),
          Map.of(
              "order_id", "\"o1\"",
              "is_fraud", "true",
              "label_time", "1763985000000",
              "source", "\"chargeback\""));

  @Test
  void readsALabel() throws Exception {
    assertThat(label.read("note", "\"stolen\""))
        .isEqualTo(new FraudLabel("o1", true, TIME, Source.CHARGEBACK));
    assertThat(label.read("is_fraud", "false").fraud()).isFalse();
    assertThat(label.read("source", "\"review\"").source()).isEqualTo(Source.REVIEW);
    assertThat(label.read("source", "\"dispute_won\"").source()).isEqualTo(Source.DISPUTE_WON);
  }

  @Test
  void writesTheFieldsOfTheContract() {
    FraudLabel cleared = new FraudLabel("o1", false, TIME, Source.DISPUTE_WON);

    assertThat(new String(FraudLabelCodec.encode(cleared), UTF_8))
        .isEqualTo(
            "{\"order_id\":\"o1\",\"is_fraud\":false,\"label_time\":1763985000000,"
                + "\"source\":\"dispute_won\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "order_id|null|MISSING_FIELD",
        "order_id|\"\"|OUT_OF_RANGE",
        "order_id|[\"o1\"]|WRONG_TYPE",
        "is_fraud|null|MISSING_FIELD",
        "is_fraud|\"true\"|WRONG_TYPE",
        "is_fraud|1|WRONG_TYPE",
        "label_time|null|MISSING_FIELD",
        "label_time|\"yesterday\"|WRONG_TYPE",
        "label_time|1763989200001|OUT_OF_RANGE",
        "source|null|MISSING_FIELD",
        "source|\"hearsay\"|UNKNOWN_VALUE",
        "source|\"CHARGEBACK\"|UNKNOWN_VALUE",
        "source|{}|WRONG_TYPE",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason) {
    label.assertRefused(field, json, reason, field);
  }
}
