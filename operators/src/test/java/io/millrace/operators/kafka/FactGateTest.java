package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.DeadLetter;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.operators.types.EventTypes;
import org.junit.jupiter.api.Test;

class FactGateTest {
  private static Arrival<Fact<CatalogItem>> fact(String key, CatalogItem value, long origin) {
    return Arrival.of(new Fact<>(key, value, origin), 0, origin, origin);
  }

  private static Arrival<Fact<CatalogItem>> deadLetter(Reason reason) {
    InvalidEventException fault = new InvalidEventException(reason, "", "it is bad; mend it");
    return Arrival.of(DeadLetter.of("catalog", 0, 7, new byte[] {1}, fault, START), START);
  }

  @Test
  void letsFactsThroughHoweverOld() throws Exception {
    CatalogItem item = CatalogItem.of("i", null, null);
    try (GateHarness<Fact<CatalogItem>, Fact<CatalogItem>> gate =
        GateHarness.facts(EventTypes.CATALOG_ITEM)) {
      gate.process(fact("i", item, START));
      gate.process(fact("j", null, START - 86_400_000));

      assertThat(gate.passed())
          .containsExactly(new Fact<>("i", item, START), new Fact<>("j", null, START - 86_400_000));
      assertThat(gate.count("events")).isEqualTo(2);
    }
  }

  @Test
  void putsDeadLettersAsideAndCountsTheReasons() throws Exception {
    try (GateHarness<Fact<CatalogItem>, Fact<CatalogItem>> gate =
        GateHarness.facts(EventTypes.CATALOG_ITEM)) {
      gate.process(deadLetter(Reason.KEY_MISMATCH));
      gate.process(deadLetter(Reason.KEY_MISMATCH));
      gate.process(deadLetter(Reason.INVALID_CONTROL));

      assertThat(gate.passed()).isEmpty();
      assertThat(gate.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly(Reason.KEY_MISMATCH, Reason.KEY_MISMATCH, Reason.INVALID_CONTROL);
      assertThat(gate.count("dead_letters/key_mismatch")).isEqualTo(2);
      assertThat(gate.count("dead_letters/invalid_control")).isEqualTo(1);
      assertThat(gate.count("events")).isZero();
    }
  }
}
