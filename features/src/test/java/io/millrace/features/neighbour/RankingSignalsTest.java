package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.neighbour.NeighbourSettings.SessionItemsPolicy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankingSignalsTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** An answer from a random posting to a random session, and what it was made from. */
  private record Asked(PartialAnswer answer, PartialAnswer plain, NaiveSignals expected) {
    static Asked random(int seed) {
      RandomSessions random = new RandomSessions(seed);
      SessionItems query = random.any();
      String[] askable = query.newestDistinct(4);
      String asked = askable[random.random.nextInt(askable.length)];
      List<SessionItems> sessions = random.several(random.random.nextInt(80), asked);
      if (random.random.nextBoolean()) {
        sessions.add(random.of(query.id(), asked));
      }
      Posting posting = PostingTest.holding(50, sessions);
      SessionItemsPolicy policy = SessionItemsPolicy.values()[random.random.nextInt(3)];
      NeighbourScorer scorer = new NeighbourScorer(new NeighbourSettings(50, 4, 30, policy));
      return new Asked(
          scorer.answerForRanking(posting, asked, query),
          scorer.answer(posting, asked, query),
          new NaiveSignals(posting.sessions(), asked, query));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void countsAsTheReferenceDoes(int seed) {
    Asked asked = Asked.random(seed);
    PartialAnswer answer = asked.answer();
    RankingSignals signals = answer.signals();
    NaiveSignals expected = asked.expected();

    assertThat(signals.isNone()).isEqualTo(answer.items().length == 0);
    for (int i = 0; i < answer.items().length; i++) {
      String item = answer.items()[i];
      assertThat(signals.neighbours(i)).as(item).isEqualTo(expected.neighbours(item));
      assertThat(signals.newness(i)).as(item).isEqualTo(expected.newness(item));
      assertThat(signals.forward(i)).as(item).isEqualTo(expected.forward(item));
      assertThat(signals.immediate(i)).as(item).isEqualTo(expected.immediate(item));
      assertThat(signals.backward(i)).as(item).isEqualTo(expected.backward(item));
    }
    if (!signals.isNone()) {
      assertThat(signals.scored()).isEqualTo(expected.scored().size());
      assertThat(signals.allForward()).isEqualTo(expected.overAll(expected::forward));
      assertThat(signals.allImmediate()).isEqualTo(expected.overAll(expected::immediate));
      assertThat(signals.allBackward()).isEqualTo(expected.overAll(expected::backward));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void changeNothingElseInTheAnswer(int seed) {
    Asked asked = Asked.random(seed);

    assertThat(asked.plain().signals()).isEqualTo(RankingSignals.NONE);
    assertThat(asked.answer().with(RankingSignals.NONE)).isEqualTo(asked.plain());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void areReadAsTheyWereWritten(int seed) {
    PartialAnswer answer = Asked.random(seed).answer();
    ByteWriter out = new ByteWriter(8);
    answer.signals().write(out);

    RankingSignals read = RankingSignals.read(new ByteReader(out.toBytes()), answer.items().length);
    assertThat(read).isEqualTo(answer.signals());
    assertThat(out.length()).isLessThanOrEqualTo(10 + 10 * answer.items().length);
  }

  @Test
  void takeAByteWhereThereAreNone() {
    ByteWriter out = new ByteWriter(8);
    RankingSignals.NONE.write(out);

    assertThat(out.toBytes()).containsExactly(0);
    assertThat(RankingSignals.read(new ByteReader(out.toBytes()), 50))
        .isSameAs(RankingSignals.NONE);
  }

  @Test
  void ofAnotherAnswerAreRefused() {
    PartialAnswer answer = Asked.random(1).answer();
    ByteWriter out = new ByteWriter(8);
    answer.signals().write(out);
    ByteReader in = new ByteReader(out.toBytes());

    assertThatThrownBy(() -> RankingSignals.read(in, answer.items().length + 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in an answer of");
  }

  @Test
  void tellWhatComesBeforeAndAfter() {
    Posting posting = new Posting(50);
    posting.upsert(new SessionItems(1, 1, new String[] {"b", "x", "a", "a", "x", "c"}));
    posting.upsert(new SessionItems(2, 2, new String[] {"a", "d", "e", "f", "g", "h", "x"}));
    NeighbourSettings settings = NeighbourSettings.DEFAULT;
    PartialAnswer answer =
        new NeighbourScorer(settings.with(SessionItemsPolicy.KEEP))
            .answerForRanking(posting, "x", new SessionItems(3, 3, new String[] {"x"}));
    RankingSignals signals = answer.signals();
    List<String> items = List.of(answer.items());

    int a = items.indexOf("a");
    assertThat(signals.forward(a)).isEqualTo(60);
    assertThat(signals.immediate(a)).isEqualTo(1);
    assertThat(signals.backward(a)).isEqualTo(60);
    assertThat(signals.neighbours(a)).isEqualTo(2);
    int d = items.indexOf("d");
    assertThat(signals.forward(d)).isZero();
    assertThat(signals.backward(d)).isEqualTo(12);
    int x = items.indexOf("x");
    assertThat(signals.forward(x)).as("x three clicks after x").isEqualTo(20);
    assertThat(signals.allImmediate()).as("a and c").isEqualTo(2);
  }
}
