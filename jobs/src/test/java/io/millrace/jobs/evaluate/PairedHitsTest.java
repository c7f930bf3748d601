package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PairedHitsTest {
  @Test
  void asksForTheFewestHitsThatTheExactSignTestLetsPass() {
    for (int trending = 0; trending < 150; trending++) {
      long least = hits(0, 0, trending).leastHits();
      assertThat(passes(least, trending)).as("%s against %s", least, trending).isTrue();
      assertThat(least == 0 || !passes(least - 1, trending))
          .as("%s against %s", least - 1, trending)
          .isTrue();
    }
  }

  @Test
  void leavesOutOfTheTestWhatBothFoundAndCountsItAmongTheHits() {
    // 3 against 10 is chance in 4.6 of 100 cases, 4 against 10 in 9.0.
    assertThat(hits(0, 0, 10).leastHits()).isEqualTo(4);
    assertThat(hits(0, 100, 10).leastHits()).isEqualTo(104);
  }

  @Test
  void isAsStrictWithThousandsOfHits() {
    // Two proportions of 10,000 differ by 1.645 standard deviations at 5 %.
    assertThat(hits(0, 0, 10_000).leastHits()).isBetween(9_765L, 9_775L);
  }

  @Test
  void judgesOnceAllAgainstOneCouldSaySomething() {
    assertThat(hits(0, 40, 4).isTooFew()).isTrue();
    assertThat(hits(0, 40, 4).leastHits()).isEqualTo(40);
    assertThat(hits(0, 40, 5).isTooFew()).isFalse();
    assertThat(hits(0, 40, 5).leastHits()).isEqualTo(41);
  }

  private static PairedHits hits(int own, int both, int trending) {
    PairedHits hits = new PairedHits();
    for (int i = 0; i < own + both + trending; i++) {
      hits.add(1, i < own + both, i >= own);
    }
    return hits;
  }

  /** Whether of so many fair coins the other's number or more show heads in 5 of 100 cases. */
  private static boolean passes(long own, int other) {
    int coins = (int) own + other;
    BigInteger ways = BigInteger.ONE;
    BigInteger enough = BigInteger.ZERO;
    for (int heads = 0; heads <= coins; heads++) {
      if (heads >= other) {
        enough = enough.add(ways);
      }
      ways = ways.multiply(BigInteger.valueOf(coins - heads)).divide(BigInteger.valueOf(heads + 1));
    }
    return enough.multiply(BigInteger.valueOf(20)).compareTo(BigInteger.TWO.pow(coins)) >= 0;
  }
}
