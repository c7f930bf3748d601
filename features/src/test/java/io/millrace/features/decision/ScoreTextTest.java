package io.millrace.features.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTextTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "-1,-1",
    "0.5,0.5",
    "10,10",
    "0.05,0.05",
    "-0.0625,-0.0625",
    "123456,123456",
    "123456.7,123457",
    "999999.6,1000000",
    "99999.96,100000",
    "0.9999999,1",
    "3.14159265,3.14159",
    "0.0001,0.0001",
    "0.000123456789,0.000123457",
    "1234567,1.23457E+6",
    "1e-9,1E-9",
    "-1e300,-1E+300"
  })
  void roundsToSixDigits(double score, String text) throws IOException {
    assertThat(text(score)).isEqualTo(text);
  }

  @Test
  void agreesWithDecimalArithmeticEverywhere() throws IOException {
    long seed = 20_251_124;
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      double score =
          (random.nextBoolean() ? 1 : -1)
              * random.nextDouble()
              * Math.pow(10, random.nextInt(24) - 12);
      BigDecimal exact = new BigDecimal(score).round(new MathContext(6));
      BigDecimal written = new BigDecimal(text(score));
      // A score just at half a unit may go either way: doubles cannot hold the scaled value.
      assertThat(written.subtract(exact).abs())
          .as("seed %d, score %s", seed, score)
          .isLessThanOrEqualTo(exact.ulp());
      assertThat(written.stripTrailingZeros().precision()).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void refusesWhatJsonCannotHold() {
    assertThatThrownBy(() -> text(Double.NaN)).hasMessageContaining("score is NaN");
    assertThatThrownBy(() -> text(Double.NEGATIVE_INFINITY)).hasMessageContaining("-Infinity");
  }

  private static String text(double score) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      new ScoreText().write(json, score);
    }
    return out.toString();
  }
}
