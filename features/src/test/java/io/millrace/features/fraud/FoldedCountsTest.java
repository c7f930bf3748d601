package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import org.junit.jupiter.api.Test;

class FoldedCountsTest {
  private static byte[] bytes(FoldedCounts counts) {
    ByteWriter out = new ByteWriter(64);
    counts.write(out);
    return out.toBytes();
  }

  @Test
  void aBucketIsInAWindowByItsFirstPayment() {
    FoldedCounts counts = new FoldedCounts();
    counts.add(100, false, 10);
    counts.add(109, true, 10);
    counts.add(110, true, 10);
    counts.add(125, false, 10);
    counts.add(125, true, 10);

    FoldedCounts read = FoldedCounts.read(new ByteReader(bytes(counts)));
    for (FoldedCounts each : new FoldedCounts[] {counts, read}) {
      assertThat(each.payments(99, 99)).isZero();
      assertThat(each.payments(99, 100)).isEqualTo(2);
      assertThat(each.frauds(99, 100)).isEqualTo(1);
      assertThat(each.payments(100, 124)).isEqualTo(1);
      assertThat(each.payments(100, 125)).isEqualTo(3);
      assertThat(each.frauds(0, 1_000)).isEqualTo(3);
      assertThat(each.payments(125, 1_000)).isZero();
      assertThat(each.payments(1_000, 0)).isZero();
    }
    counts.forget(109);
    assertThat(counts.payments(0, 1_000)).isEqualTo(3);
    counts.forget(110);
    assertThat(counts.payments(0, 1_000)).isEqualTo(2);
    assertThat(bytes(counts).length).isLessThan(bytes(read).length);
  }

  @Test
  void thereAreNeverTooManyBuckets() {
    FoldedCounts counts = new FoldedCounts();
    for (int i = 1; i <= 5_000; i++) {
      counts.add(i, false, 1);
    }
    assertThat(counts.payments(0, 5_000)).isEqualTo(FoldedCounts.MAX_BUCKETS);
    assertThat(counts.payments(5_000 - 1_024, 5_000)).isEqualTo(1_024);
  }
}
