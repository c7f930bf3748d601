package io.millrace.features.alert;

import static io.millrace.features.alert.Suspicions.snooze;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnoozesTest {
  private static final String[] ENTITIES = {"card:1", "card:2", "visitor:1", "ip:10.0.0.1:x"};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void equalTheControlsThatHold(int seed) {
    Random random = new Random(seed);
    Map<String, Control> controls = new TreeMap<>();
    Snoozes snoozes = new Snoozes();
    for (int i = 0; i < 2_000; i++) {
      String id = "c" + random.nextInt(12);
      if (random.nextInt(3) == 0) {
        controls.remove(id);
        snoozes.remove(id);
      } else {
        Control control = control(random, id);
        controls.put(id, control);
        snoozes.put(control);
      }
      String entity = ENTITIES[random.nextInt(ENTITIES.length)];
      long time = random.nextInt(12);
      String expected =
          controls.values().stream()
              .filter(each -> each.kind() == Kind.SNOOZE)
              .filter(each -> each.target().toString().equals(entity))
              .filter(each -> each.holdsAt(time))
              .map(Control::controlId)
              .findFirst()
              .orElse(null);
      assertThat(snoozes.suppressing(entity, time)).as("seed %d", seed).isEqualTo(expected);
      assertThat(snoozes.size())
          .isEqualTo(controls.values().stream().filter(this::isSnooze).count());
      byte[] bytes = snoozes.toBytes();
      snoozes = Snoozes.ofBytes(bytes);
      assertThat(snoozes.toBytes()).isEqualTo(bytes);
    }
  }

  private boolean isSnooze(Control control) {
    return control.kind() == Kind.SNOOZE;
  }

  private static Control control(Random random, String id) {
    String[] entity = ENTITIES[random.nextInt(ENTITIES.length)].split(":", 2);
    Long until = random.nextInt(4) == 0 ? null : (long) random.nextInt(12);
    Kind kind = random.nextInt(5) == 0 ? Kind.PIN : Kind.SNOOZE;
    return new Control(id, kind, new Control.Target(entity[0], entity[1]), "ana", null, until);
  }

  @Test
  void saysWhenASnoozeEnds() {
    Snoozes snoozes = new Snoozes();
    snoozes.put(snooze("a", 50L));
    snoozes.put(snooze("b", null));
    assertThat(snoozes.until(Suspicions.ENTITY, "a")).isEqualTo(50);
    assertThat(snoozes.until("card:1", "a")).isEqualTo(Snoozes.NEVER);
    assertThat(snoozes.until(Suspicions.ENTITY, "b")).isEqualTo(Snoozes.NEVER);
    assertThat(snoozes.until(Suspicions.ENTITY, "c")).isEqualTo(Snoozes.NEVER);
    assertThat(snoozes.until(Suspicions.ENTITY, null)).isEqualTo(Snoozes.NEVER);
  }

  @Test
  void whoDecidedIsNotKept() {
    Snoozes snoozes = new Snoozes();
    snoozes.put(snooze("a", 50L));
    assertThat(new String(snoozes.toBytes(), StandardCharsets.ISO_8859_1)).doesNotContain("ana");
  }

  @Test
  void refusesAStateOfALaterRelease() {
    byte[] state = new Snoozes().toBytes();
    state[0] = 99;
    assertThatThrownBy(() -> Snoozes.ofBytes(state))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("99");
  }
}
