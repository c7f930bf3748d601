package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.neighbour.AnswerMerge.Candidate;
import io.millrace.features.quality.ServedList;
import io.millrace.features.ranking.FollowedAsks.Chosen;
import io.millrace.features.ranking.FollowedAsks.Click;
import io.millrace.features.ranking.FollowedAsks.Followed;
import io.millrace.features.ranking.FollowedAsks.Given;
import io.millrace.features.session.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FollowedAsksTest {
  private static final long WAIT = 1_000;
  private static final int CLICKS = 30;

  private static Click click(int number, long time, String item, String before) {
    return click(number, time, item, before, Chosen.NOWHERE);
  }

  private static Click click(int number, long time, String item, String before, Chosen chosen) {
    return new Click(number, time, Hashes.of(item), before == null ? 0 : Hashes.of(before), chosen);
  }

  /** A list of its own version, of one bucket or another. */
  private static Given given(int number, String... items) {
    List<Item> list = new ArrayList<>();
    for (String item : items) {
      list.add(new Item(item, 1, new Reason(ReasonType.SESSION, "a", Evidence.sessions(1, 2))));
    }
    return new Given(number, 9, "bucket" + number % 2, "s", ServedList.of(list, item -> false));
  }

  private static RankingCandidates candidates(String... items) {
    List<Candidate> candidates = new ArrayList<>();
    for (String item : items) {
      candidates.add(new Candidate(item, 1, "a", 1, 2));
    }
    float[] features = new float[items.length * RankingFeatures.COUNT];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % 7;
    }
    return new RankingCandidates(candidates, features);
  }

  @Test
  void joinsAnAskWithTheNextClickWhicheverComesFirst() {
    for (boolean clickFirst : new boolean[] {false, true}) {
      FollowedAsks asks = new FollowedAsks(WAIT, true);
      assertThat(asks.clicked(click(1, 10, "a", null))).isNull();
      Followed joined;
      if (clickFirst) {
        assertThat(asks.clicked(click(2, 20, "c", "a"))).isNull();
        joined = asks.asked(click(1, 10, "a", null), given(1, "c", "b"), candidates("b", "c"));
      } else {
        assertThat(asks.asked(click(1, 10, "a", null), given(1, "c", "b"), candidates("b", "c")))
            .isNull();
        joined = asks.clicked(click(2, 20, "c", "a"));
      }

      assertThat(joined.time()).isEqualTo(20);
      assertThat(joined.clicked()).isEqualTo(1);
      assertThat(joined.rank()).isEqualTo(1);
      assertThat(joined.place()).isEqualTo(-1);
      assertThat(joined.given()).isEqualTo(given(1, "c", "b"));
      assertThat(joined.features()).isEqualTo(candidates("b", "c").features());
      assertThat(asks.isEmpty()).isTrue();
    }
  }

  @Test
  void whatDoesNotFollowIsNoExample() {
    Click[] others = {
      click(3, 20, "b", "a"),
      click(2, 20, "b", "x"),
      click(2, 10, "b", "a"),
      click(2, 11 + WAIT, "b", "a"),
      click(2, 20, "b", null)
    };
    for (Click other : others) {
      FollowedAsks asks = new FollowedAsks(WAIT, true);
      asks.asked(click(1, 10, "a", null), given(1, "c", "b"), candidates("b", "c"));
      assertThat(asks.clicked(other)).as("%s", other).isNull();
    }
  }

  @Test
  void aClickOnNoCandidateSaysSo() {
    FollowedAsks asks = new FollowedAsks(WAIT, true);
    asks.asked(click(1, 10, "a", null), given(1, "b"), candidates("b"));
    Followed joined = asks.clicked(click(2, 20, "z", "a"));
    assertThat(joined.clicked()).isEqualTo(-1);
    assertThat(joined.rank()).isZero();
  }

  @Test
  void aPlaceCountsInTheVeryListOnly() {
    for (long list : new long[] {1, 2}) {
      FollowedAsks asks = new FollowedAsks(WAIT, true);
      asks.asked(click(1, 10, "a", null), given(1, "b", "c"), null);
      asks = FollowedAsks.ofBytes(asks.toBytes(), WAIT, true);
      Followed joined = asks.clicked(click(2, 20, "c", "a", new Chosen(list, 1)));

      assertThat(joined.place()).isEqualTo(list == 1 ? 1 : -1);
      assertThat(joined.rank()).isEqualTo(2);
      assertThat(joined.features()).isEmpty();
    }
  }

  @Test
  void aClickThatWaitsKeepsItsPlace() {
    FollowedAsks asks = new FollowedAsks(WAIT, true);
    asks.clicked(click(2, 20, "c", "a", new Chosen(1, 1)));
    asks = FollowedAsks.ofBytes(asks.toBytes(), WAIT, true);

    assertThat(asks.asked(click(1, 10, "a", null), given(1, "b", "c"), null).place()).isEqualTo(1);
  }

  @Test
  void aPlaceBelowTheItemsOwnIsNotBelieved() {
    int[][] claimedAndTaken = {{0, 0}, {1, 1}, {2, 1}, {Integer.MAX_VALUE, 1}};
    for (int[] places : claimedAndTaken) {
      FollowedAsks asks = new FollowedAsks(WAIT, true);
      asks.asked(click(1, 10, "a", null), given(1, "b", "c"), null);
      Followed joined = asks.clicked(click(2, 20, "c", "a", new Chosen(1, places[0])));
      assertThat(joined.place()).isEqualTo(places[1]);

      asks.asked(click(3, 30, "a", null), given(1, "b", "c"), null);
      Followed elsewhere = asks.clicked(click(4, 40, "z", "a", new Chosen(1, places[0])));
      assertThat(elsewhere.place()).isEqualTo(places[0] < 50 ? places[0] : -1);
    }
  }

  @Test
  void aReloadSaysNothingOfAListWithoutItsItem() {
    for (boolean repeats : new boolean[] {true, false}) {
      FollowedAsks asks = new FollowedAsks(WAIT, repeats);
      asks.asked(click(1, 10, "a", null), given(1, "b"), candidates("b"));
      assertThat(asks.clicked(click(2, 20, "a", "a")) != null).isEqualTo(repeats);
      asks.asked(click(2, 20, "a", "a"), given(2, "b"), candidates("b"));
      assertThat(asks.clicked(click(3, 30, "b", "a")).rank()).isEqualTo(1);
    }
  }

  @Test
  void whatWaitedBeforeThereWereListsIsLetGo() {
    assertThat(FollowedAsks.ofBytes(new byte[] {1, 1, 2, 3}, WAIT, true).isEmpty()).isTrue();
  }

  /** A session whose clicks are known in order, and whose asks are answered in any, and late. */
  @Test
  void everyAskIsJoinedOnceInAnyOrder() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      FollowedAsks asks = new FollowedAsks(WAIT, true);
      List<Long> joined = new ArrayList<>();
      List<Integer> open = new ArrayList<>();
      int number = 0;
      while (number < CLICKS || !open.isEmpty()) {
        boolean click = number < CLICKS && (open.isEmpty() || random.nextInt(3) > 0);
        if (click) {
          open.add(++number);
          add(joined, asks.clicked(clickOf(number)));
        } else {
          int asked = open.remove(random.nextInt(open.size()));
          add(
              joined,
              asks.asked(
                  clickOf(asked),
                  given(asked, "y", "i" + (asked + 1)),
                  candidates("i" + (asked + 1), "z")));
        }
        asks = FollowedAsks.ofBytes(asks.toBytes(), WAIT, true);
      }

      List<Long> expected = new ArrayList<>();
      for (int next = 2; next <= CLICKS; next++) {
        expected.add(next * 10L);
      }
      assertThat(joined).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void whatIsNeverAnsweredIsBounded() {
    FollowedAsks asks = new FollowedAsks(WAIT, true);
    for (int number = 1; number <= 1_000; number++) {
      asks.clicked(clickOf(number));
    }
    assertThat(asks.toBytes()).hasSizeLessThan(2_000);
    asks.clear();
    assertThat(asks.isEmpty()).isTrue();
  }

  private static Click clickOf(int number) {
    return click(number, number * 10L, "i" + number, number == 1 ? null : "i" + (number - 1));
  }

  private static void add(List<Long> joined, Followed ask) {
    if (ask != null) {
      assertThat(ask.clicked()).isZero();
      assertThat(ask.rank()).isEqualTo(2);
      assertThat(ask.given().version()).isEqualTo(ask.time() / 10 - 1);
      joined.add(ask.time());
    }
  }
}
