package io.millrace.features.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.content.ContentBucket.Pairs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentBucketTest {
  private static final long SEED = 23;
  private static final ContentSettings SETTINGS = new ContentSettings(4, 2, 0.3, 30);

  private record Member(long time, byte[] hashes) {}

  private static byte[] hashes(Random random) {
    byte[] hashes = new byte[SETTINGS.hashes()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = (byte) random.nextInt(2);
    }
    return hashes;
  }

  /** All pairs told so far, both ways round. */
  private static void apply(List<Pairs> changes, Map<String, Integer> told) {
    for (Pairs pairs : changes) {
      for (int i = 0; i < pairs.others().length; i++) {
        String there = pairs.item() + "-" + pairs.others()[i];
        String back = pairs.others()[i] + "-" + pairs.item();
        int similarity = pairs.similarities()[i];
        Integer before = similarity == 0 ? told.remove(there) : told.put(there, similarity);
        if (similarity == 0) {
          assertThat(before).as("nothing is taken back that was not said").isNotNull();
          told.remove(back);
        } else {
          assertThat(before != null && before == similarity).as("said twice").isFalse();
          told.put(back, similarity);
        }
      }
    }
  }

  private static Map<String, Integer> naivePairs(Map<String, Member> members, int band) {
    Map<String, Integer> expected = new HashMap<>();
    members.forEach(
        (one, member) ->
            members.forEach(
                (other, partner) -> {
                  byte[] a = member.hashes;
                  byte[] b = partner.hashes;
                  int similarity = ContentSignature.similarity(a, b);
                  if (!one.equals(other)
                      && similarity >= 0.3 * 255
                      && agree(a, b, band)
                      && (band == 0 || !agree(a, b, 0))) {
                    expected.put(one + "-" + other, similarity);
                  }
                }));
    return expected;
  }

  private static boolean agree(byte[] a, byte[] b, int band) {
    return a[2 * band] == b[2 * band] && a[2 * band + 1] == b[2 * band + 1];
  }

  @Test
  void tellsThePairsOfItsMembersAndNothingElseThroughItsBytes() {
    for (int band = 0; band < 2; band++) {
      Random random = new Random(SEED);
      ContentBucket bucket = new ContentBucket(SETTINGS);
      Map<String, Member> members = new TreeMap<>();
      Map<String, Integer> told = new HashMap<>();
      for (int step = 0; step < 3_000; step++) {
        String item = "i" + random.nextInt(SETTINGS.bucketSize());
        if (random.nextInt(3) == 0) {
          members.remove(item);
          apply(bucket.remove(item), told);
        } else {
          Member member = new Member(random.nextInt(1_000), hashes(random));
          members.put(item, member);
          apply(bucket.put(band, item, member.time, member.hashes), told);
        }
        if (step % 7 == 0) {
          bucket = ContentBucket.ofBytes(bucket.toBytes(), SETTINGS);
        }
        assertThat(told).as("seed %d, step %d", SEED, step).isEqualTo(naivePairs(members, band));
        assertThat(bucket.size()).isEqualTo(members.size());
      }
    }
  }

  @Test
  void keepsTheNewestOfTooManyInAnyOrder() {
    Map<String, Member> all = new TreeMap<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      all.put("i" + i, new Member(random.nextInt(50), new byte[SETTINGS.hashes()]));
    }
    Map<String, Member> newest = new TreeMap<>();
    all.entrySet().stream()
        .sorted(
            (a, b) ->
                a.getValue().time != b.getValue().time
                    ? Long.compare(b.getValue().time, a.getValue().time)
                    : a.getKey().compareTo(b.getKey()))
        .limit(SETTINGS.bucketSize())
        .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
    for (int order = 0; order < 5; order++) {
      List<String> items = new ArrayList<>(all.keySet());
      Collections.shuffle(items, random);
      ContentBucket bucket = new ContentBucket(SETTINGS);
      Map<String, Integer> told = new HashMap<>();
      for (String item : items) {
        apply(bucket.put(0, item, all.get(item).time, all.get(item).hashes), told);
        assertThat(bucket.size()).isLessThanOrEqualTo(SETTINGS.bucketSize());
      }
      assertThat(told).as("seed %d", SEED).isEqualTo(naivePairs(newest, 0));
    }
  }

  @Test
  void bytesAreTheSameInAnyOrder() {
    ContentBucket one = new ContentBucket(SETTINGS);
    ContentBucket other = new ContentBucket(SETTINGS);
    byte[] hashes = hashes(new Random(SEED));
    one.put(1, "a", 5, hashes);
    one.put(1, "b", 5, hashes);
    one.put(1, "c", 9, hashes);
    other.put(1, "c", 9, hashes);
    other.put(1, "d", 7, hashes);
    other.put(1, "b", 5, hashes);
    other.put(1, "a", 5, hashes);
    other.remove("d");

    assertThat(one.toBytes()).isEqualTo(other.toBytes());
  }

  @Test
  void smallerBucketsAreShrunkWhenTheNextItemComes() {
    ContentBucket bucket = new ContentBucket(SETTINGS);
    Map<String, Integer> told = new HashMap<>();
    Map<String, Member> newest = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      Member member = new Member(i, new byte[SETTINGS.hashes()]);
      apply(bucket.put(0, "i" + i, i, member.hashes), told);
      if (i > 15) {
        newest.put("i" + i, member);
      }
    }
    ContentBucket smaller =
        ContentBucket.ofBytes(bucket.toBytes(), new ContentSettings(4, 2, 0.3, 5));
    newest.put("new", new Member(99, new byte[SETTINGS.hashes()]));

    apply(smaller.put(0, "new", 99, newest.get("new").hashes), told);

    assertThat(told).isEqualTo(naivePairs(newest, 0));
  }
}
