package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceRulesTest {
  private static final String[] NONE = {};

  private static Posting posting(String[]... sessions) {
    Posting posting = new Posting(50);
    for (int i = 0; i < sessions.length; i++) {
      posting.upsert(new SessionItems(i + 1, i, sessions[i]));
    }
    return posting;
  }

  @Test
  void whatFollowsSoonerCountsMore() {
    Posting posting =
        posting(
            new String[] {"x", "a", "b", "c"}, new String[] {"a", "c"}, new String[] {"b", "a"});

    PartialAnswer rules = SequenceRules.followers(posting, "a", 0, NONE, 10);

    assertThat(rules.items()).containsExactly("c", "b");
    assertThat(rules.scores()).containsExactly(1.5f, 1f);
    assertThat(rules.evidence()).containsExactly((short) 2, (short) 1);
    assertThat(rules.sessions()).isEqualTo(3);
  }

  @Test
  void whatIsKnownIsNotSaidAgain() {
    Posting posting = posting(new String[] {"x", "a", "b", "c"}, new String[] {"a", "c"});

    PartialAnswer rules =
        SequenceRules.followers(posting, "a", 0, new String[] {"c", "elsewhere"}, 10);

    assertThat(rules.items()).containsExactly("b");
    assertThat(rules.sessions()).isEqualTo(2);
  }

  @Test
  void theAskingSessionIsLeftOut() {
    PartialAnswer rules =
        SequenceRules.followers(posting(new String[] {"a", "b"}), "a", 1, NONE, 10);

    assertThat(rules.items()).isEmpty();
    assertThat(rules.sessions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsTheNaiveCount(long seed) {
    RandomSessions random = new RandomSessions(seed);
    String own = random.item();
    Posting posting = new Posting(50);
    List<SessionItems> sessions = random.several(40, own);
    sessions.forEach(posting::upsert);

    PartialAnswer rules = SequenceRules.followers(posting, own, 0, NONE, 1_000);

    Map<String, Double> expected = new HashMap<>();
    for (SessionItems session : sessions) {
      Map<String, Integer> nearest = new HashMap<>();
      String[] items = session.items();
      for (int i = 0; i < items.length; i++) {
        for (int j = i + 1; j < items.length && j <= i + 5; j++) {
          if (items[i].equals(own) && !items[j].equals(own)) {
            nearest.merge(items[j], j - i, Math::min);
          }
        }
      }
      nearest.forEach((item, distance) -> expected.merge(item, 1.0 / distance, Double::sum));
    }
    assertThat(rules.items()).containsExactlyInAnyOrder(expected.keySet().toArray(String[]::new));
    for (int i = 0; i < rules.items().length; i++) {
      assertThat((double) rules.scores()[i])
          .as("seed %d, %s", seed, rules.items()[i])
          .isCloseTo(expected.get(rules.items()[i]), within(1e-4));
      assertThat(i == 0 || rules.scores()[i - 1] >= rules.scores()[i]).isTrue();
    }
  }
}
