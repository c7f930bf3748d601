package io.millrace.features.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteWriter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasedVisitorsTest {
  private static final long NOW = 10_000;

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
    erased.add(VisitorIds.of("v1"), 1_000, NOW);

    assertThat(erased.covers(VisitorIds.of("v1", 5), 1_000)).isTrue();
    assertThat(erased.covers(VisitorIds.of("v1", 5), 1_001)).isFalse();
    assertThat(erased.covers(VisitorIds.of("v2", 5), 500)).isFalse();
  }

  @Test
  void theLatestRequestHoldsWhateverTheOrder() {
    assertThat(erased.add(VisitorIds.of("v1"), 1_000, NOW)).isTrue();
    int generation = erased.generation();
    assertThat(erased.add(VisitorIds.of("v1"), 1_000, NOW)).isFalse();
    assertThat(erased.add(VisitorIds.of("v1"), 900, NOW)).isFalse();
    assertThat(erased.generation()).isEqualTo(generation);
    assertThat(erased.add(VisitorIds.of("v1"), 1_100, NOW)).isTrue();
    assertThat(erased.covers(VisitorIds.of("v1"), 1_050)).isTrue();
  }

  @Test
  void comesBackFromBytesAndForgetsInTimeHoweverOldTheRequestWas() {
    erased.add(VisitorIds.of("v1"), 1_000, NOW);
    erased.add(VisitorIds.of("v2"), 500, NOW + 1);
    ErasedVisitors restored = new ErasedVisitors();
    restored.addAll(erased.toBytes());

    restored.forgetHeardBefore(NOW + 1);

    assertThat(restored.size()).isEqualTo(1);
    assertThat(restored.covers(VisitorIds.of("v2"), 500)).isTrue();
    assertThat(restored.covers(VisitorIds.of("v1"), 900)).isFalse();
  }

  @Test
  void firstLayoutIsRead() {
    ByteWriter out = new ByteWriter(32);
    out.writeByte(1);
    out.writeVarLong(1);
    out.writeLong(VisitorIds.of("v1"));
    out.writeVarLong(1_000);
    out.writeVarLong(1);
    out.writeLong(VisitorIds.of("v2"));

    erased.addAll(out.toBytes());

    assertThat(erased.upTo(VisitorIds.of("v1"))).isEqualTo(1_000);
    assertThat(erased.excludes(VisitorIds.of("v2"))).isTrue();
    erased.forgetHeardBefore(1_001);
    assertThat(erased.upTo(VisitorIds.of("v1"))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void whatThereWasOfSomebodyLeftOutStaysOutForGood() {
    erased.exclude(VisitorIds.of("v1"), 100);
    erased.readmit(VisitorIds.of("v1"), NOW);
    erased.exclude(VisitorIds.of("v1"), 50);
    erased.readmit(VisitorIds.of("v1"), NOW);
    ErasedVisitors restored = new ErasedVisitors();
    restored.addAll(erased.toBytes());

    for (ErasedVisitors visitors : new ErasedVisitors[] {erased, restored}) {
      assertThat(visitors.covers(VisitorIds.of("v1", 7), 100)).isTrue();
      assertThat(visitors.covers(VisitorIds.of("v1", 7), 101)).isFalse();
      assertThat(visitors.erases(VisitorIds.of("v1"), 100)).isFalse();
      assertThat(visitors.generation()).isPositive();
      visitors.forgetHeardBefore(NOW + 1);
      assertThat(visitors.size()).isZero();
    }
  }

  @Test
  void leavesAVisitorOutUntilLetInAgain() {
    assertThat(erased.exclude(VisitorIds.of("v1"), 100)).isTrue();
    assertThat(erased.covers(VisitorIds.of("v1", 7), Long.MAX_VALUE)).isTrue();
    ErasedVisitors restored = new ErasedVisitors();
    restored.addAll(erased.toBytes());
    assertThat(restored.covers(VisitorIds.of("v1", 7), 1)).isTrue();

    assertThat(restored.readmit(VisitorIds.of("v1"), NOW)).isTrue();

    assertThat(restored.covers(VisitorIds.of("v1", 7), 101)).isFalse();
    assertThat(restored.readmit(VisitorIds.of("v1"), NOW)).isFalse();
  }
}
