package io.millrace.jobs.options;

import io.millrace.features.naming.NearestName;
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
          new Section("Ranking of recommendations", RankingOptions.ALL),
          new Section("Profiles", ProfileOptions.ALL),
          new Section("Fraud", FraudOptions.ALL));

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
    List<String> keys = all().stream().<String>map(Option::key).toList();
    return NearestName.to(key.toLowerCase(Locale.ROOT), keys).orElseThrow();
  }
}
