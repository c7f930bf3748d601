package io.millrace.jobs.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All options there are, by concern. A new class of options is added to {@link #SECTIONS}. */
public final class OptionRegistry {
  /** The sections of the options page, in its order. */
  public static final List<Section> SECTIONS =
      List.of(
          new Section("Engine", EngineOptions.ALL),
          new Section("Kafka", KafkaOptions.ALL),
          new Section("Redis", RedisOptions.ALL),
          new Section("Recommendation", RecommendOptions.ALL),
          new Section("Ranking of recommendations", RankingOptions.ALL));

  private OptionRegistry() {}

  /**
   * The options of one concern.
   *
   * @param title its heading
   * @param options its options
   */
  public record Section(String title, List<Option<?>> options) {}

  /** Every option. */
  public static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    SECTIONS.forEach(section -> all.addAll(section.options()));
    return all;
  }

  /** The option of that key, or null. */
  static Option<?> find(String key) {
    return all().stream().filter(option -> option.key().equals(key)).findFirst().orElse(null);
  }

  /** The known key that looks most like {@code key}. */
  static String nearest(String key) {
    String wanted = key.toLowerCase(Locale.ROOT);
    String nearest = "";
    int best = Integer.MAX_VALUE;
    for (Option<?> option : all()) {
      int distance = distance(wanted, option.key());
      if (distance < best) {
        best = distance;
        nearest = option.key();
      }
    }
    return nearest;
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
