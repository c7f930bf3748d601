package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpisodeSettingsTest {
  @Test
  void refusesSettingsThatMakeNoSense() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(EpisodeSettings.DEFAULT)
        .isEqualTo(new EpisodeSettings(Duration.ofMinutes(30), minute));
    assertThatThrownBy(() -> new EpisodeSettings(Duration.ofNanos(999_999), minute))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("quiet is PT0.000999999S; set PT0.001S to ");
    assertThatThrownBy(() -> new EpisodeSettings(minute, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("updateInterval is PT-0.001S; set PT0S to ");
    assertThatThrownBy(() -> new EpisodeSettings(Duration.ofDays(367), minute))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT8808H");
  }
}
