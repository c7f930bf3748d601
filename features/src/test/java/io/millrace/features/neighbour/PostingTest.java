package io.millrace.features.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostingTest {
  private static final int M = 10;

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsWhatTheReferenceHolds(int seed) {
    RandomSessions sessions = new RandomSessions(seed);
    NaivePosting expected = new NaivePosting(M);
    Posting posting = new Posting(M);
    List<Long> ids = new ArrayList<>(List.of(5L));
    long takenOut = 0;
    for (int i = 0; i < 300; i++) {
      long known = ids.get(sessions.random.nextInt(ids.size()));
      if (sessions.random.nextInt(5) == 0) {
        if (expected.sessions().stream().anyMatch(session -> session.id() == known)) {
          takenOut = posting.newestTime();
        }
        posting.remove(known);
        expected.remove(known);
      } else {
        SessionItems session =
            sessions.random.nextBoolean() ? sessions.any() : sessions.of(known, sessions.item());
        ids.add(session.id());
        posting.upsert(session);
        expected.upsert(session);
      }
      if (sessions.random.nextInt(10) == 0) {
        posting = Posting.ofBytes(posting.toBytes(), M);
      }
      assertThat(posting.sessions()).as("seed %d", seed).isEqualTo(expected.sessions());
      assertThat(posting.size()).isEqualTo(expected.sessions().size());
      long newest = expected.sessions().stream().mapToLong(SessionItems::time).max().orElse(0);
      takenOut = newest >= takenOut ? 0 : takenOut;
      assertThat(posting.newestTime()).isEqualTo(Math.max(takenOut, newest));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderOfUpsertsLeadsToTheSamePosting(int seed) {
    RandomSessions random = new RandomSessions(seed);
    List<SessionItems> sessions = random.several(60, "item-0");
    List<SessionItems> expected = NaivePosting.newest(sessions, M);
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(sessions, random.random);
      assertThat(holding(M, sessions).sessions()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theBoundInBytesDoesNotDependOnTheOrderEither(int seed) {
    RandomSessions random = new RandomSessions(seed);
    List<SessionItems> sessions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String[] items = new String[1 + random.random.nextInt(20)];
      Arrays.setAll(items, j -> longId(random.random.nextInt(2_000)));
      sessions.add(new SessionItems(random.random.nextLong(), i / 2, items));
    }
    List<SessionItems> expected = NaivePosting.newestWithin(Posting.MAX_BYTES, sessions);
    for (int i = 0; i < 3; i++) {
      Posting posting = new Posting(100);
      for (SessionItems session : sessions) {
        posting.upsert(session);
        posting = Posting.ofBytes(posting.toBytes(), 100);
      }
      assertThat(posting.sessions()).as("seed %d", seed).isEqualTo(expected);
      Collections.shuffle(sessions, random.random);
    }
  }

  @Test
  void staysWithinItsBytesWithVeryLongIds() {
    for (String letter : List.of("a", "\u00fc", "\u20ac", "\ud83d\ude00")) {
      Posting posting = new Posting(1_000);
      for (int i = 0; i < 1_000; i++) {
        posting.upsert(sessionOf(i, i, longIds(letter, i * 20, 20)));
      }
      int sessionBytes = posting.size() * (8 + 2 + 1 + 20 * 2) + 16;
      assertThat(posting.toBytes())
          .as("ids of %s", letter)
          .hasSizeBetween(Posting.MAX_BYTES - 20 * 130, Posting.MAX_BYTES + sessionBytes);
      assertThat(posting.newestTime()).isEqualTo(999);
    }
  }

  @Test
  void fiftySessionsOfSixItemsTakeLessThanSixKilobytes() {
    Posting posting = new Posting(50);
    for (int i = 0; i < 50; i++) {
      int session = i;
      String[] items = new String[6];
      Arrays.setAll(items, j -> "item-%07d".formatted(session * 6 + j));
      posting.upsert(new SessionItems(i * 0x9E3779B97F4A7C15L, 1_600_000_000_000L + i, items));
    }
    assertThat(posting.toBytes()).hasSizeLessThan(6 * 1024);
  }

  @Test
  void bytesHoldAllSessions() {
    for (int distinct : new int[] {1, 255, 256, 257, 600}) {
      Posting posting = new Posting(1_000);
      for (int i = 0; i < distinct; i++) {
        String[] items = {"item-" + i, "item-" + (i + 1) % distinct, longId(0)};
        posting.upsert(new SessionItems(-i * 0x9E3779B97F4A7C15L, 1_000_000 - i, items));
      }
      Posting read = Posting.ofBytes(posting.toBytes(), 1_000);
      assertThat(read.sessions()).hasSize(distinct).isEqualTo(posting.sessions());
      assertThat(read.toBytes()).isEqualTo(posting.toBytes());
    }
  }

  @Test
  void bytesHoldExtremes() {
    Posting posting = new Posting(50);
    posting.upsert(sessionOf(Long.MIN_VALUE, Long.MAX_VALUE, List.of("polygenelubricants", "")));
    posting.upsert(sessionOf(Long.MAX_VALUE, 0, longIds("\ud83d\ude00", 0, 20)));
    posting.upsert(sessionOf(-1, Long.MIN_VALUE, List.of("GydZG_", "DESIGNING WORKHOUSES")));

    assertThat(Posting.ofBytes(posting.toBytes(), 50).sessions())
        .hasSize(3)
        .isEqualTo(posting.sessions());
  }

  @Test
  void leavesTheOldestOutWhenReadWithASmallerBound() {
    List<SessionItems> sessions = new RandomSessions(1).several(60, "item-0");
    byte[] bytes = holding(50, sessions).toBytes();

    for (int smaller : new int[] {1, 7, 49, 50}) {
      Posting read = Posting.ofBytes(bytes, smaller);
      assertThat(read.sessions()).isEqualTo(NaivePosting.newest(sessions, smaller));
      assertThat(read.toBytes()).hasSizeLessThanOrEqualTo(bytes.length);
      sessions.forEach(read::upsert);
      assertThat(read.sessions()).isEqualTo(NaivePosting.newest(sessions, smaller));
    }
  }

  @Test
  void keepsItsContentWhenItemsAreNumberedAnew() {
    Posting posting = new Posting(5);
    NaivePosting expected = new NaivePosting(5);
    int largest = 0;
    for (int i = 0; i < 5_000; i++) {
      SessionItems session = sessionOf(i % 7, i, longIds("x", i * 3, 3));
      posting.upsert(session);
      expected.upsert(session);
      largest = Math.max(largest, posting.dictionary().size());
      assertThat(posting.sessions()).isEqualTo(expected.sessions());
    }
    assertThat(largest).isLessThan(200);
  }

  @Test
  void takesOutOneSession() {
    Posting posting = new Posting(50);
    posting.upsert(sessionOf(1, 1, List.of("a", "b")));
    posting.upsert(sessionOf(2, 2, List.of("a", "c")));
    posting.remove(3);
    posting.remove(2);

    assertThat(posting.sessions()).containsExactly(sessionOf(1, 1, List.of("a", "b")));
    posting.remove(1);
    assertThat(posting.isEmpty()).isTrue();
    assertThat(posting.size()).isZero();
    assertThat(new Posting(50).toBytes()).hasSize(4);
  }

  @Test
  void newestTimeNeverFallsAcrossItsBytes() {
    Posting posting = new Posting(50);
    posting.upsert(sessionOf(1, 1, List.of("a", "b")));
    posting.upsert(sessionOf(2, 2, List.of("a", "c")));
    posting.remove(2);

    posting = Posting.ofBytes(posting.toBytes(), 50);
    assertThat(posting.newestTime()).isEqualTo(2);
    posting.upsert(sessionOf(3, 3, List.of("a", "b")));
    assertThat(posting.newestTime()).isEqualTo(3);
    assertThat(posting.toBytes()).isEqualTo(holding(50, posting.sessions()).toBytes());
  }

  @Test
  void firstLayoutIsReadAndAnyErasureOfTheVisitorTakesItsSessions() {
    ByteWriter out = new ByteWriter(64);
    out.writeByte(1);
    out.writeVarLong(1);
    out.writeText("a");
    out.writeByte(0);
    out.writeVarLong(1);
    out.writeLong(7);
    out.writeSignedVarLong(-1_000);
    out.writeByte(1);
    out.writeByte(0);

    assertThat(Posting.ofBytes(out.toBytes(), 50).sessions())
        .containsExactly(new SessionItems(7, 0, 1_000, new String[] {"a"}));
  }

  @Test
  void refusesBytesOfALaterRelease() {
    byte[] bytes = new Posting(50).toBytes();
    bytes[0] = 9;
    assertThatThrownBy(() -> Posting.ofBytes(bytes, 50))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a posting list has layout version 9");
  }

  static Posting holding(int maxSessions, List<SessionItems> sessions) {
    Posting posting = new Posting(maxSessions);
    sessions.forEach(posting::upsert);
    return posting;
  }

  private static SessionItems sessionOf(long id, long time, List<String> items) {
    return new SessionItems(id, time, items.toArray(new String[0]));
  }

  private static List<String> longIds(String letter, int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> longId(letter, i)).toList();
  }

  private static String longId(int number) {
    return longId("x", number);
  }

  /** An id of 128 bytes, or as many as fit. */
  private static String longId(String letter, int number) {
    int letterBytes = letter.getBytes(StandardCharsets.UTF_8).length;
    return letter.repeat((128 - 8) / letterBytes) + "%08d".formatted(number);
  }
}
