package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  @Test
  void goesRoundAndTakesInWhatComesBetween() {
    KeyRing ring = new KeyRing();
    ring.add("a");
    ring.add("");

    assertThat(ring.next()).isEqualTo("a");
    ring.add("鞋");
    assertThat(ring.next()).isEmpty();
    assertThat(ring.next()).isEqualTo("鞋");
    assertThat(ring.next()).isEqualTo("a");
    assertThat(ring.size()).isEqualTo(3);
  }

  @Test
  void holdsKeysOfEveryLength() {
    KeyRing ring = new KeyRing();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      keys.add("x".repeat(i % 256));
      ring.add(keys.get(i));
    }

    for (String key : keys) {
      assertThat(ring.next()).isEqualTo(key);
    }
    assertThatThrownBy(() -> ring.add("x".repeat(256))).hasMessageContaining("255");
  }
}
