package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasedVisitorsTest {
  private final ErasedVisitors erased = new ErasedVisitors();

  @Test
  void everySessionAndOrderOfAVisitorIsKnownByItsNumber() {
    for (long start = 0; start < 1_000; start++) {
      assertThat(VisitorIds.visitorPart(VisitorIds.of("v1", start))).isEqualTo(VisitorIds.of("v1"));
    }
    assertThat(VisitorIds.visitorPart(VisitorIds.ofOrder("v1", "o1")))
        .isEqualTo(VisitorIds.of("v1"))
        .isNotEqualTo(VisitorIds.of("v2"));
  }

  @Test
  void sessionsOfAVisitorDiffer() {
    Set<Long> ids = new HashSet<>();
    for (long start = 0; start < 100; start++) {
      ids.add(VisitorIds.of("v1", 1_748_736_000_000L + start * 3_600_000));
    }
    assertThat(ids).hasSize(100);
  }

  @Test
  void coversWhatCameUpToTheTimeAndNothingLater() {
    erased.add(VisitorIds.of("v1"), 1_000);

    assertThat(erased.covers(VisitorIds.of("v1", 5), 1_000)).isTrue();
    assertThat(erased.covers(VisitorIds.of("v1", 5), 1_001)).isFalse();
    assertThat(erased.covers(VisitorIds.of("v2", 5), 500)).isFalse();
  }

  @Test
  void theLatestRequestHoldsWhateverTheOrder() {
    assertThat(erased.add(VisitorIds.of("v1"), 1_000)).isTrue();
    int generation = erased.generation();
    assertThat(erased.add(VisitorIds.of("v1"), 1_000)).isFalse();
    assertThat(erased.add(VisitorIds.of("v1"), 900)).isFalse();
    assertThat(erased.generation()).isEqualTo(generation);
    assertThat(erased.add(VisitorIds.of("v1"), 1_100)).isTrue();
    assertThat(erased.covers(VisitorIds.of("v1"), 1_050)).isTrue();
  }

  @Test
  void comesBackFromBytesAndForgetsInTime() {
    erased.add(VisitorIds.of("v1"), 1_000);
    erased.add(VisitorIds.of("v2"), 2_000);
    ErasedVisitors restored = new ErasedVisitors();
    restored.addAll(erased.toBytes());

    restored.forgetBefore(1_500);

    assertThat(restored.size()).isEqualTo(1);
    assertThat(restored.covers(VisitorIds.of("v2"), 2_000)).isTrue();
    assertThat(restored.covers(VisitorIds.of("v1"), 900)).isFalse();
  }

  @Test
  void leavesAVisitorOutUntilLetInAgain() {
    assertThat(erased.exclude(VisitorIds.of("v1"))).isTrue();
    assertThat(erased.covers(VisitorIds.of("v1", 7), Long.MAX_VALUE)).isTrue();
    ErasedVisitors restored = new ErasedVisitors();
    restored.addAll(erased.toBytes());
    assertThat(restored.covers(VisitorIds.of("v1", 7), 1)).isTrue();

    assertThat(restored.readmit(VisitorIds.of("v1"))).isTrue();

    assertThat(restored.covers(VisitorIds.of("v1", 7), 1)).isFalse();
    assertThat(restored.readmit(VisitorIds.of("v1"))).isFalse();
  }
}
