package io.millrace.features.fraud;

import io.millrace.features.naming.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store looks at to tell fraud: the numbers that are known of a payment, the entities that
 * remember, and the features made of both. All of it is data; the number of weights, the place of
 * each and the fingerprint follow.
 *
 * <pre>{@code
 * FraudDeclaration cards =
 *     FraudDeclaration.named("cards")
 *         .given("amount")
 *         .entity("card", "card_id", SpendingRules.DEFAULT)
 *         .feature("amount", binned("amount", 25, 50, 100, 200))
 *         .feature("card_episode", binned("card_ratio", 1, 3), binned("card_episode_age", 3, 7))
 *         .build();
 * double[] signals = cards.observation();
 * signals[cards.place("amount")] = 60;
 * int[] active = cards.indices(signals);
 * }</pre>
 *
 * <p>Weight 0 is the bias, active at every payment; the features' weights follow in the order
 * declared, so each payment has {@code features + 1} active ones. Immutable and safe for use by
 * many threads.
 */
public final class FraudDeclaration {
  /** Most weights, with the bias and a mean for each feature: what one snapshot carries. */
  public static final int MAX_WEIGHTS = 65_536;

  private final String name;
  private final List<FraudEntity> entities;
  private final List<FraudFeature> features;
  private final Map<String, Integer> places;
  private final int given;
  private final int[] starts;

  /** By feature, then by signal of the feature: the place of the signal. */
  private final int[][] sources;

  private final String fingerprint;

  private FraudDeclaration(Builder declared) {
    name = declared.name;
    entities = List.copyOf(declared.entities);
    features = List.copyOf(declared.features);
    places = Collections.unmodifiableMap(new LinkedHashMap<>(declared.places));
    given = declared.given;
    starts = new int[features.size() + 1];
    starts[0] = 1;
    sources = new int[features.size()][];
    for (int i = 0; i < sources.length; i++) {
      FraudFeature feature = features.get(i);
      starts[i + 1] = starts[i] + (int) feature.size();
      sources[i] = feature.signals().stream().mapToInt(each -> places.get(each.signal())).toArray();
    }
    fingerprint = Fingerprint.of(this);
  }

  /** Begins a declaration. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The same where labels count at another age. */
  public FraudDeclaration withMaturity(Duration maturity) {
    Builder same = named(name).given(given().toArray(String[]::new));
    for (FraudEntity entity : entities) {
      same.entity(
          entity.name(),
          entity.key(),
          entity.rules() instanceof LabelledRules labels
              ? labels.withMaturity(maturity)
              : entity.rules());
    }
    features.forEach(
        each -> same.feature(each.name(), each.signals().toArray(BinnedSignal[]::new)));
    return same.build();
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What remembers, in the order declared. */
  public List<FraudEntity> entities() {
    return entities;
  }

  /** The features, in the order declared. */
  public List<FraudFeature> features() {
    return features;
  }

  /** Names of all signals, in the order of an {@link #observation}. */
  public List<String> signals() {
    return List.copyOf(places.keySet());
  }

  /** Names of the signals that are given with each payment, which are the first. */
  public List<String> given() {
    return signals().subList(0, given);
  }

  /** The signals of a payment of which nothing is known: all absent. To be filled and read. */
  public double[] observation() {
    double[] signals = new double[places.size()];
    Arrays.fill(signals, Double.NaN);
    return signals;
  }

  /**
   * Where an observation has a signal.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int place(String signal) {
    Integer place = places.get(signal);
    if (place == null) {
      throw new IllegalArgumentException(
          "signal %s is not in declaration %s; %s"
              .formatted(signal, name, nearest(signal, places)));
    }
    return place;
  }

  /** Where an observation has the first signal of an entity; the others follow. */
  public int place(FraudEntity entity) {
    return place(entity.name() + '_' + entity.rules().signals().get(0));
  }

  /** How many weights there are, with the bias. */
  public int weights() {
    return starts[features.size()];
  }

  /**
   * The weights that are active at a payment: the bias, then one of each feature in the order
   * declared.
   *
   * @param signals an {@link #observation}
   */
  public int[] indices(double[] signals) {
    int[] active = new int[sources.length + 1];
    for (int i = 0; i < sources.length; i++) {
      List<BinnedSignal> crossed = features.get(i).signals();
      int combination = 0;
      for (int j = 0; j < sources[i].length; j++) {
        Bins bins = crossed.get(j).bins();
        combination = combination * bins.count() + bins.of(signals[sources[i][j]]);
      }
      active[i + 1] = starts[i] + combination;
    }
    return active;
  }

  /** The first weight of a feature; at the number of features, what is behind the last. */
  int start(int feature) {
    return starts[feature];
  }

  /**
   * The fault of active weights that do not fit, null if they do.
   *
   * @param active as {@link #indices} gives them
   */
  String faultOf(int[] active) {
    if (active.length != starts.length || active[0] != 0) {
      return "%d active weights; there are %d, the bias first"
          .formatted(active.length, starts.length);
    }
    for (int i = 1; i < active.length; i++) {
      if (active[i] < starts[i - 1] || active[i] >= starts[i]) {
        return "active weight %d of feature %s; there are %d to %d"
            .formatted(active[i], features.get(i - 1).name(), starts[i - 1], starts[i] - 1);
      }
    }
    return null;
  }

  /** What a payment shows in a feature, for people: {@code amount 25 to 50}. */
  public String words(int feature, double[] signals) {
    List<String> words = new ArrayList<>();
    for (BinnedSignal each : features.get(feature).signals()) {
      Bins bins = each.bins();
      words.add(each.signal() + ' ' + bins.words(bins.of(signals[place(each.signal())])));
    }
    return String.join(", ", words);
  }

  /**
   * Names all that gives a weight its meaning, in 16 hexadecimal digits: weights that were learned
   * under another one mean nothing here. The declaration's name is not part of it.
   */
  public String fingerprint() {
    return fingerprint;
  }

  static String nearest(String unknown, Map<String, ?> known) {
    return NearestName.to(unknown, known.keySet())
        .map("did you mean %s?"::formatted)
        .orElse("there are none");
  }

  /** Takes a declaration part by part; whatever is wrong is refused at once. */
  public static final class Builder {
    private final String name;
    private final List<FraudEntity> entities = new ArrayList<>();
    private final List<FraudFeature> features = new ArrayList<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final DeclarationChecks checks;
    private int given;

    private Builder(String name) {
      DeclarationChecks.name("declaration", name);
      this.name = name;
      this.checks = new DeclarationChecks(name, places, entities, features);
    }

    /** Numbers that are known of each payment, or absent: of the order, or of feature sets. */
    public Builder given(String... signals) {
      for (String signal : signals) {
        checks.given(signal);
        places.put(signal, places.size());
        given++;
      }
      return this;
    }

    /** What remembers; its signals have its name and {@code _} before them. */
    public Builder entity(String entity, String key, EntityRules rules) {
      FraudEntity added = new FraudEntity(entity, key, rules);
      checks.entity(added);
      entities.add(added);
      rules.signals().forEach(signal -> places.put(entity + '_' + signal, places.size()));
      return this;
    }

    /** A binned signal, or several crossed. */
    public Builder feature(String feature, BinnedSignal... signals) {
      FraudFeature added = new FraudFeature(feature, List.of(signals));
      checks.feature(added);
      features.add(added);
      return this;
    }

    /**
     * The declaration.
     *
     * @throws IllegalArgumentException if there is no feature
     */
    public FraudDeclaration build() {
      checks.whole();
      return new FraudDeclaration(this);
    }
  }
}
