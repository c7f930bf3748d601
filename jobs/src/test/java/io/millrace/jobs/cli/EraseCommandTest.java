package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EraseCommandTest {
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine millrace = Millrace.commandLine();
    millrace.setErr(new PrintWriter(err, true));
    return millrace.execute(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "erase|VISITOR",
        "erase v1 --timeout 0|--timeout is 0; give 1 to 86400 seconds",
        "erase v1 --jobs pricing|there is no job 'pricing'; there are [recommend, profile, fraud]",
      })
  void saysWhatToGiveInstead(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void anIdThatIsTooLongIsRefused() {
    assertThat(run("erase", "v".repeat(129))).isEqualTo(2);
    assertThat(err.toString()).contains("VISITOR has 129 bytes; give an id of 1 to 128");
  }

  @Test
  void kafkaOutOfReachIsNamed() {
    assertThat(run("erase", "v1", "--kafka", "127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("127.0.0.1:1", "cannot be reached");
  }
}
