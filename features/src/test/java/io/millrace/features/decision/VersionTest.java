package io.millrace.features.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void putsEpochBeforeTime() {
    assertThat(Version.of(1, 1_764_000_000_000L)).isEqualTo("00011764000000000000");
    assertThat(Version.of(9_999, 9_999_999_999_999L)).isEqualTo("99999999999999999000");
    assertThat(Version.of(0, 0)).isEqualTo("00000000000000000000");
  }

  @Test
  void ordersByEpochThenTime() {
    assertThat(Version.of(1, 2)).isLessThan(Version.of(1, 10));
    assertThat(Version.of(1, 9_999_999_999_999L)).isLessThan(Version.of(2, 0));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Version.of(10_000, 0)).hasMessageContaining("redis.epoch is 10000");
    assertThatThrownBy(() -> Version.of(1, -1)).hasMessageContaining("event time -1");
    assertThatThrownBy(() -> Version.check("123")).hasMessageContaining("version is 123");
  }

  @Test
  void knowsAVersionWhenItSeesOne() {
    assertThat(Version.isVersion("00011764000000000000")).isTrue();
    assertThat(Version.isVersion("0001176400000000000x")).isFalse();
    assertThat(Version.isVersion("٠0011764000000000000")).isFalse();
    assertThat(Version.isVersion(null)).isFalse();
  }
}
