package io.millrace.operators.recommend.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.event.CatalogItem;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.recommend.FillIn;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.state.KeyedHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Thousands of items of the same content. */
class ContentBucketsTest {
  private static final int ITEMS = 3_000;
  private static final ContentSettings SETTINGS = ContentSettings.DEFAULT;
  private static final int MOST_WAITING = 100;
  private static final long MINUTE_MS = 60_000;
  private static final Duration NEVER = Duration.ofDays(1);
  private static final WriteSettings BY_THE_MINUTE =
      new WriteSettings(1, NEVER, NEVER, NEVER, true, Duration.ofMillis(MINUTE_MS));

  private static List<BandMessage> signed(int from, int to) throws Exception {
    try (var signer =
        new KeyedHarness<>(
            new ContentSigner(SETTINGS, 100),
            Fact<CatalogItem>::key,
            BandMessage.TYPE.serializer(),
            null,
            1,
            1,
            0)) {
      List<BandMessage> messages = new ArrayList<>();
      for (int i = from; i < to; i++) {
        CatalogItem item = CatalogItem.of("i" + i, "phone case 手机壳", "phones/cases");
        signer.process(new Fact<>(item.itemId(), item, i));
        messages.addAll(signer.take());
      }
      return messages;
    }
  }

  private static KeyedHarness<BandMessage, PairMessage> buckets() throws Exception {
    return new KeyedHarness<>(
        new ContentBuckets(SETTINGS, 100),
        BandMessage::key,
        PairMessage.TYPE.serializer(),
        null,
        1,
        1,
        0);
  }

  @Test
  void hotBucketsStayBounded() throws Exception {
    Map<String, Set<String>> partners = new HashMap<>();
    int messages = 0;
    try (var buckets = buckets()) {
      for (BandMessage message : signed(0, ITEMS)) {
        buckets.process(message);
        for (PairMessage pairs : buckets.take()) {
          messages++;
          Set<String> known = partners.computeIfAbsent(pairs.item(), item -> new HashSet<>());
          for (int i = 0; i < pairs.others().length; i++) {
            if (pairs.similarities()[i] > 0) {
              known.add(pairs.others()[i]);
            } else {
              known.remove(pairs.others()[i]);
            }
          }
          assertThat(known).hasSizeLessThan(SETTINGS.bucketSize());
        }
      }
      // An arrival and a departure, told to all others in one, in one of the bands only.
      assertThat(messages).isLessThanOrEqualTo(ITEMS * (SETTINGS.bucketSize() + 1));
      assertThat(buckets.stateEntries()).isLessThanOrEqualTo(SETTINGS.bands());
    }
    partners.values().removeIf(Set::isEmpty);
    assertThat(partners).hasSize(SETTINGS.bucketSize()).containsKey("i" + (ITEMS - 1));
    assertThat(partners.values()).allMatch(known -> known.size() == SETTINGS.bucketSize() - 1);
  }

  @Test
  void likenessIsToldAtTheEndOfARoundOfEventTime() throws Exception {
    try (var neighbours = neighbours()) {
      neighbours.process(new PairMessage("a", 1, new String[] {"b"}, new int[] {100}));
      neighbours.watermark(MINUTE_MS);
      assertThat(neighbours.take()).isEmpty();

      neighbours.watermark(2 * MINUTE_MS - 1);

      assertThat(neighbours.take()).extracting(FillIn::item).containsExactly("a");
      neighbours.watermark(3 * MINUTE_MS - 1);
      assertThat(neighbours.take()).isEmpty();
    }
  }

  @Test
  void tooManyWaitingItemsAreToldWithoutWaiting() throws Exception {
    try (var neighbours = neighbours()) {
      for (int i = 0; i < MOST_WAITING + 10; i++) {
        neighbours.process(
            new PairMessage("i" + i, 1, new String[] {"other"}, new int[] {100 + i}));
      }
      List<FillIn> told = neighbours.take();

      assertThat(told).extracting(FillIn::item).hasSize(10).doesNotHaveDuplicates();
      assertThat(told)
          .allMatch(fillIn -> fillIn.item().equals("i" + (fillIn.answer().evidence()[0] - 100)));
    }
  }

  private static KeyedHarness<PairMessage, FillIn> neighbours() throws Exception {
    return new KeyedHarness<>(
        new ContentNeighbours(BY_THE_MINUTE, MOST_WAITING),
        PairMessage::item,
        FillIn.TYPE.serializer(),
        null,
        1,
        1,
        0);
  }
}
