package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Click;
import io.millrace.jobs.local.ContractEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = dir.resolve("day one.tsv");
    Files.writeString(
        file, "SessionId\tItemId\tTime\ns\tb\t1500000100\ns\ta\t1500000000\ns\tc\t1500000100\n");
  }

  @Test
  void givesIdsThatSortAsTheFileDoes() {
    Replay replay = replay(Preset.SERENADE, Speed.MAX, false);
    assertThat(replay.size()).isEqualTo(3);
    assertThat(click(replay, 0).eventId()).isEqualTo("serenade-day_one-0000000001");
    assertThat(click(replay, 1).eventId()).isLessThan(click(replay, 2).eventId());
  }

  @Test
  void takesVisitorAndSessionFromTheSession() {
    assertThat(click(replay(Preset.RSC15, Speed.MAX, false), 0))
        .isEqualTo(Click.view("rsc15-day_one-0000000001", 1_500_000_000_000L, "s", "a", "s"));
  }

  @Test
  void shiftsLastEventToTheMomentItIsSent() {
    assertThat(replay(Preset.SERENADE, Speed.MAX, true).event(2).eventTime())
        .isEqualTo(CLOCK.millis());
    Replay slow = replay(Preset.SERENADE, new Speed(10), true);
    assertThat(slow.event(2).eventTime()).isEqualTo(CLOCK.millis() + 10_000);
    assertThat(slow.event(2).eventTime() - slow.event(0).eventTime()).isEqualTo(100_000);
  }

  @Test
  void refusesSpeedsBelowOne() {
    assertThat(Speed.parse("max")).isEqualTo(Speed.MAX);
    assertThat(Speed.parse("2.5").factor()).isEqualTo(2.5);
    for (String text : new String[] {"0", "0.5", "-1", "fast", "NaN", "Infinity", ""}) {
      assertThatThrownBy(() -> Speed.parse(text)).as(text).hasMessageContaining("from 1, or max");
    }
  }

  @Test
  void tellsUnknownPresetsFromThoseToCome() {
    assertThat(Preset.named("diginetica")).isEqualTo(Preset.DIGINETICA);
    assertThat(Preset.named("online-retail")).isEqualTo(Preset.ONLINE_RETAIL);
    assertThatThrownBy(() -> Preset.named("nab"))
        .hasMessageContaining("not available yet")
        .hasMessageContaining(
            "serenade, rsc15, diginetica, taobao, online-retail, handbook, ecommerce");
    assertThatThrownBy(() -> Preset.named("Serenade")).hasMessageContaining("no preset 'Serenade'");
  }

  private Replay replay(Preset preset, Speed speed, boolean shiftToNow) {
    return Replay.of(preset.read(file, true), speed, shiftToNow, CLOCK);
  }

  private static Click click(Replay replay, int i) {
    return ((ContractEvent.OfClick) replay.event(i)).click();
  }
}
