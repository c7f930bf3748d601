package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.session.ErasedVisitors;
import io.millrace.features.session.VisitorIds;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostingForgetTest {
  private static final int M = 12;
  private static final int VISITORS = 6;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  private static SessionItems session(Random random) {
    long id = VisitorIds.of("v" + random.nextInt(VISITORS)) | random.nextInt(6);
    String[] items =
        IntStream.rangeClosed(0, random.nextInt(5))
            .mapToObj(i -> "i" + random.nextInt(30))
            .toArray(String[]::new);
    int time = random.nextInt(100);
    return new SessionItems(id, random.nextInt(time + 1), time, items);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsWhatTheReferenceHoldsWhoeverIsForgotten(int seed) {
    Random random = new Random(seed);
    ErasedVisitors erased = new ErasedVisitors();
    NaivePosting expected = new NaivePosting(M);
    Posting posting = new Posting(M);
    for (int i = 0; i < 300; i++) {
      SessionItems session = session(random);
      long visitor = VisitorIds.visitorPart(session.id());
      switch (random.nextInt(20)) {
        case 0 -> erased.add(visitor, random.nextInt(100), 0);
        case 1 -> erased.exclude(visitor, random.nextInt(100));
        case 2, 3 -> erased.readmit(visitor, 0);
        default -> {
          if (!erased.covers(session.id(), session.since())) {
            posting.upsert(session);
            expected.upsert(session);
          }
        }
      }
      boolean forgets = false;
      for (SessionItems held : expected.sessions()) {
        if (erased.covers(held.id(), held.since())) {
          expected.remove(held.id());
          forgets = true;
        }
      }
      assertThat(posting.forget(erased)).as("seed %d, step %d", seed, i).isEqualTo(forgets);
      assertThat(posting.forget(erased)).isFalse();
      if (random.nextInt(10) == 0) {
        posting = Posting.ofBytes(posting.toBytes(), M);
      }
      assertThat(posting.sessions()).as("seed %d", seed).isEqualTo(expected.sessions());
    }
  }
}
