package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeparatedLineTest {
  @Test
  void partsPlainAndQuotedValues() {
    assertThat(SeparatedLine.values("a,b c,")).containsExactly("a", "b c", "");
    assertThat(SeparatedLine.values("")).containsExactly("");
    assertThat(SeparatedLine.values(",\"a,b\",\"7\"\" record\",\"\""))
        .containsExactly("", "a,b", "7\" record", "");
  }

  @Test
  void refusesQuotationMarksThatDoNotEncloseAValue() {
    for (String line : new String[] {"\"a", "a\"b", "\"a\"b,c", "a,\"b", "\"", "\"\"\""}) {
      assertThat(SeparatedLine.values(line)).as(line).isNull();
    }
  }

  @Test
  void readsBackWhateverWasQuoted() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<String> values = new ArrayList<>();
      List<String> quoted = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        StringBuilder value = new StringBuilder();
        random.ints(random.nextInt(6), 0, 4).forEach(c -> value.append("a,\" ".charAt(c)));
        values.add(value.toString());
        quoted.add('"' + value.toString().replace("\"", "\"\"") + '"');
      }
      assertThat(SeparatedLine.values(String.join(",", quoted)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(values);
    }
  }
}
