package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QualityLinesTest {
  @Test
  void drawsABarAValue() {
    assertThat(QualityLines.bars(List.of(0., .1, .2, .35, .4))).isEqualTo("▁▃▅▇█");
    assertThat(QualityLines.bars(List.of(0.))).isEqualTo("▁");
    assertThat(QualityLines.bars(List.of())).isEmpty();
  }
}
