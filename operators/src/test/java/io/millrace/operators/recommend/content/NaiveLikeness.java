package io.millrace.operators.recommend.content;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.content.ContentSignature;
import io.millrace.features.content.ContentTokens;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.operators.kafka.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who is like whom: all pairs of the newest catalogue that share a band, one by one. */
final class NaiveLikeness {
  private NaiveLikeness() {}

  /**
   * By item, the 20 items most like it with their similarities, best first; items without left out.
   */
  static Map<String, Map<String, Integer>> of(
      Map<String, List<Fact<CatalogItem>>> updates, ContentSettings settings) {
    MinHash minHash = new MinHash(settings);
    Map<String, ContentSignature> signatures = new TreeMap<>();
    updates.forEach(
        (id, log) -> {
          CatalogItem item = log.get(log.size() - 1).value();
          if (item != null && item.status() == Status.ACTIVE && !ContentTokens.of(item).isEmpty()) {
            signatures.put(id, minHash.sign(ContentTokens.of(item)));
          }
        });
    Map<String, Map<String, Integer>> expected = new TreeMap<>();
    for (String item : signatures.keySet()) {
      Map<String, Integer> best = best(item, signatures, settings);
      if (!best.isEmpty()) {
        expected.put(item, best);
      }
    }
    return expected;
  }

  private static Map<String, Integer> best(
      String item, Map<String, ContentSignature> signatures, ContentSettings settings) {
    ContentSignature own = signatures.get(item);
    List<Map.Entry<String, Integer>> like = new ArrayList<>();
    signatures.forEach(
        (other, signature) -> {
          int similarity = ContentSignature.similarity(own.hashes(), signature.hashes());
          if (!other.equals(item)
              && shareABand(own.bands(), signature.bands())
              && similarity >= settings.minSimilarity() * ContentSettings.SIMILARITY_PARTS) {
            like.add(Map.entry(other, similarity));
          }
        });
    like.sort(
        Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
            .thenComparing(Map.Entry.comparingByKey()));
    Map<String, Integer> best = new LinkedHashMap<>();
    like.stream().limit(20).forEach(entry -> best.put(entry.getKey(), entry.getValue()));
    return best;
  }

  private static boolean shareABand(long[] bands, long[] others) {
    for (int i = 0; i < bands.length; i++) {
      if (bands[i] == others[i]) {
        return true;
      }
    }
    return false;
  }

  /** The text of an order, to compare orders and not only sets. */
  static String text(Map<String, Map<String, Integer>> likeness) {
    StringBuilder text = new StringBuilder();
    likeness.forEach((item, best) -> text.append(item).append(' ').append(best).append('\n'));
    return text.toString();
  }

  static Map<String, Integer> ranked(String[] items, short[] similarities) {
    Map<String, Integer> ranked = new LinkedHashMap<>();
    for (int i = 0; i < items.length; i++) {
      ranked.put(items[i], (int) similarities[i]);
    }
    assert ranked.size() == items.length : Arrays.toString(items);
    return ranked;
  }
}
