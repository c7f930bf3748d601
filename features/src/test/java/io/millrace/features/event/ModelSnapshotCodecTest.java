package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.InvalidEventException.Reason;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSnapshotCodecTest {
  private static final long TIME = 1_763_985_000_000L;

  private final Refusals<ModelSnapshot> model =
      new Refusals<>(
          Codec.MODELS.decoder(),
          Map.of(
              "model_id", "\"ranking:default\"",
              "version", "7",
              "fingerprint", "\"00ff\"",
              "examples", "5120",
              "event_time", "1763985000000",
              "weights", weights(1, -2.5)));

  private static String weights(double... weights) {
    ByteBuffer bytes = ByteBuffer.allocate(weights.length * Double.BYTES);
    for (double weight : weights) {
      bytes.putDouble(weight);
    }
    return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
  }

  private static ModelSnapshot snapshot(double... weights) {
    return new ModelSnapshot("ranking:default", 7, "00ff", 5_120, TIME, weights);
  }

  @Test
  void readsASnapshot() throws Exception {
    assertThat(model.read("note", "\"by hand\"")).isEqualTo(snapshot(1, -2.5));
    assertThat(model.read("weights", weights(0.1)).weights()).containsExactly(0.1);
  }

  @Test
  void writesTheFieldsOfTheContract() {
    assertThat(new String(ModelSnapshotCodec.encode(snapshot(1, -2.5)), UTF_8))
        .isEqualTo(
            "{\"model_id\":\"ranking:default\",\"version\":7,\"fingerprint\":\"00ff\","
                + "\"examples\":5120,\"event_time\":1763985000000,"
                + "\"weights\":\"P/AAAAAAAADABAAAAAAAAA==\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model_id|null|MISSING_FIELD",
        "model_id|\"\"|OUT_OF_RANGE",
        "version|null|MISSING_FIELD",
        "version|0|OUT_OF_RANGE",
        "version|7.5|WRONG_TYPE",
        "version|99999999999999999999|OUT_OF_RANGE",
        "fingerprint|null|MISSING_FIELD",
        "fingerprint|{}|WRONG_TYPE",
        "examples|null|MISSING_FIELD",
        "examples|-1|OUT_OF_RANGE",
        "event_time|null|MISSING_FIELD",
        "event_time|1763989200001|OUT_OF_RANGE",
        "weights|null|MISSING_FIELD",
        "weights|[1,2]|WRONG_TYPE",
        "weights|1|WRONG_TYPE",
        "weights|\"not base64\"|WRONG_TYPE",
        "weights|\"\"|OUT_OF_RANGE",
        "weights|\"AAAA\"|OUT_OF_RANGE",
      })
  void refusesWhatIsNotValid(String field, String json, Reason reason) {
    model.assertRefused(field, json, reason, field);
  }

  @Test
  void refusesWeightsThatAreNoNumbers() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
      model.assertRefused("weights", weights(1, bad), Reason.OUT_OF_RANGE, "weights");
      assertThat(model.refusal("weights", weights(1, bad)))
          .hasMessageContaining(bad + " at place 1; send finite numbers");
    }
  }

  @Test
  void refusesMoreWeightsThanAModelHas() throws Exception {
    double[] most = new double[ModelSnapshotCodec.MAX_WEIGHTS];
    assertThat(model.read("weights", weights(most)).weights()).hasSameSizeAs(most);

    model.assertRefused(
        "weights", weights(new double[most.length + 1]), Reason.OUT_OF_RANGE, "weights");
  }
}
