package io.millrace.features.fraud;

import static io.millrace.features.fraud.BinnedSignal.binned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.fraud.FraudDeclaration.Builder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FraudDeclarationTest {
  private static Builder cards() {
    return FraudDeclaration.named("cards")
        .given("amount", "hour")
        .entity("card", "card_id", SpendingRules.DEFAULT);
  }

  private static FraudDeclaration declared(UnaryOperator<Builder> parts) {
    return parts.apply(cards()).build();
  }

  @Test
  void binsHoldNumbersFromAnEdgeOnAndAbsentOnesApart() {
    Bins bins = Bins.of(-1, 0, 2.5);

    assertThat(bins.count()).isEqualTo(5);
    double[] values = {
      Double.NEGATIVE_INFINITY,
      -1.1,
      -1,
      -.1,
      0,
      -0.,
      2.4,
      2.5,
      Double.POSITIVE_INFINITY,
      Double.NaN
    };
    assertThat(Stream.of(0, 0, 1, 1, 2, 2, 2, 3, 3, 4).mapToInt(i -> i).toArray())
        .isEqualTo(Arrays.stream(values).mapToInt(bins::of).toArray());
    assertThat(Stream.of(0, 1, 2, 3, 4).map(bins::words))
        .containsExactly("below -1", "-1 to 0", "0 to 2.5", "2.5 and more", "absent");
    assertThatThrownBy(() -> bins.words(5)).hasMessageContaining("bin 5").hasMessageContaining("4");
  }

  @Test
  void everyCombinationOfBinsHasOneWeightOfItsOwn() {
    FraudDeclaration declaration =
        declared(
            all ->
                all.feature("amount", binned("amount", 10, 20))
                    .feature(
                        "cross",
                        binned("hour", 6),
                        binned("card_ratio", 1, 2, 3),
                        binned("amount", 15)));

    assertThat(declaration.weights()).isEqualTo(1 + 4 + 3 * 5 * 3);
    Set<Integer> seen = new HashSet<>();
    double[] signals = declaration.observation();
    for (double hour : new double[] {5, 7, Double.NaN}) {
      for (double ratio : new double[] {.5, 1.5, 2.5, 3.5, Double.NaN}) {
        for (double amount : new double[] {5, 12, 17, 25, Double.NaN}) {
          signals[declaration.place("hour")] = hour;
          signals[declaration.place("card_ratio")] = ratio;
          signals[declaration.place("amount")] = amount;
          int[] active = declaration.indices(signals);
          assertThat(declaration.faultOf(active)).isNull();
          assertThat(active[1]).isBetween(1, 4);
          assertThat(active[2]).isBetween(5, 49);
          for (int i : active) {
            seen.add(i);
          }
        }
      }
    }
    assertThat(seen).hasSize(declaration.weights());
    assertThat(declaration.words(1, signals))
        .isEqualTo("hour absent, card_ratio absent, amount absent");
  }

  @Test
  void signalsAreTheGivenOnesAndThoseOfEntities() {
    FraudDeclaration declaration = declared(all -> all.feature("amount", binned("amount", 1)));

    assertThat(declaration.signals())
        .containsExactly(
            "amount",
            "hour",
            "card_ratio",
            "card_episode_age",
            "card_episode_payments",
            "card_episode_large");
    assertThat(declaration.given()).containsExactly("amount", "hour");
    assertThat(declaration.place(declaration.entities().get(0))).isEqualTo(2);
    assertThat(declaration.observation()).hasSize(6).containsOnly(Double.NaN);
    assertThatThrownBy(() -> declaration.place("card_ration"))
        .hasMessageContaining("card_ration")
        .hasMessageContaining("did you mean card_ratio?");
  }

  /** State and snapshots of releases before this one hold it. */
  @Test
  void theFingerprintIsTheSameInEveryRelease() {
    assertThat(FraudDeclarations.cardsAndMerchants().fingerprint()).isEqualTo("a88d3b3367e3d2a7");
    assertThat(FraudDeclarations.shops().fingerprint()).isEqualTo("611c8c4e080131f7");
  }

  private static String print(EntityRules rules, String key, BinnedSignal... signals) {
    return FraudDeclaration.named("cards")
        .given("amount", "hour")
        .entity("card", key, rules)
        .feature("a", signals)
        .build()
        .fingerprint();
  }

  @Test
  void theFingerprintTellsWhatGivesWeightsTheirMeaning() {
    BinnedSignal amount = binned("amount", 1, 2);
    Duration day = Duration.ofDays(1);
    LabelledRules labels = new LabelledRules(day, day, day, day, .1, 1, 9, null, 0);
    List<String> prints =
        List.of(
            declared(all -> all.feature("a", amount)).fingerprint(),
            declared(all -> all.feature("b", amount)).fingerprint(),
            declared(all -> all.feature("a", binned("amount", 1, 2.5))).fingerprint(),
            declared(all -> all.feature("a", binned("amount", 1))).fingerprint(),
            declared(all -> all.feature("a", binned("hour", 1, 2))).fingerprint(),
            declared(all -> all.feature("a", amount, amount)).fingerprint(),
            declared(all -> all.feature("a", amount).feature("b", amount)).fingerprint(),
            print(SpendingRules.DEFAULT, "user_id", amount),
            print(new SpendingRules(51, 2, 3, Duration.ofDays(14)), "card_id", amount),
            print(new SpendingRules(50, 1, 3, Duration.ofDays(14)), "card_id", amount),
            print(new SpendingRules(50, 2, 4, Duration.ofDays(14)), "card_id", amount),
            print(new SpendingRules(50, 2, 3, Duration.ofDays(15)), "card_id", amount),
            print(labels, "card_id", amount),
            print(labels.withMaturity(Duration.ofHours(23)), "card_id", amount),
            print(
                new LabelledRules(day, day.plusHours(1), day, day, .1, 1, 9, null, 0), "k", amount),
            print(
                new LabelledRules(day, day, day.minusHours(1), day, .1, 1, 9, null, 0),
                "k",
                amount),
            print(
                new LabelledRules(day, day, day, day.plusHours(1), .1, 1, 9, null, 0), "k", amount),
            print(new LabelledRules(day, day, day, day, .2, 1, 9, null, 0), "k", amount),
            print(new LabelledRules(day, day, day, day, .1, 2, 9, null, 0), "k", amount),
            print(new LabelledRules(day, day, day, day, .1, 1, 8, null, 0), "k", amount),
            print(labels.explainedBy("amount", 1), "k", amount),
            print(labels.explainedBy("amount", 2), "k", amount),
            print(labels.explainedBy("hour", 1), "k", amount));

    assertThat(prints).doesNotHaveDuplicates();
    assertThat(print(SpendingRules.DEFAULT, "card_id", amount)).isEqualTo(prints.get(0));
    assertThat(declared(all -> all.feature("a", binned("amount", -0., 1))).fingerprint())
        .isEqualTo(declared(all -> all.feature("a", binned("amount", 0, 1))).fingerprint());
  }

  private static Arguments refusal(ThrowingCallable declared, String... words) {
    return Arguments.of(declared, words);
  }

  static Stream<Arguments> refusals() {
    LabelledRules labels = LabelledRules.DEFAULT;
    double[] sixty = IntStream.range(0, 60).asDoubleStream().toArray();
    double[] many = IntStream.range(0, 300).asDoubleStream().toArray();
    return Stream.of(
        refusal(() -> Bins.of(), "0 edges", "1 to 1000"),
        refusal(() -> Bins.of(1, Double.NaN), "edge NaN at place 1", "finite"),
        refusal(() -> Bins.of(2, 2), "edge 2.0 follows 2.0", "ascending"),
        refusal(() -> binned("amount", 2, 1), "signal amount", "1.0 follows 2.0"),
        refusal(() -> FraudDeclaration.named("Cards"), "declaration Cards", "snake_case"),
        refusal(() -> cards().build(), "declaration cards", "no feature"),
        refusal(() -> cards().given("late"), "signal late", "given first"),
        refusal(
            () -> FraudDeclaration.named("a").given("x", "x"), "signal x already", "rename one"),
        refusal(() -> FraudDeclaration.named("a").given("x y"), "signal x y", "snake_case"),
        refusal(
            () -> cards().entity("card", "card_id", SpendingRules.DEFAULT),
            "entity card",
            "card_ratio already"),
        refusal(() -> cards().entity("shop", "", labels), "key of entity shop", "snake_case"),
        refusal(
            () -> cards().entity("shop", "merchant_id", labels.explainedBy("card_ratios", 2)),
            "entity shop",
            "card_ratios",
            "did you mean card_ratio?"),
        refusal(
            () ->
                cards()
                    .entity("shop", "merchant_id", labels)
                    .entity("device", "device_id", labels.explainedBy("shop_streak", 2)),
            "entity device",
            "shop_streak",
            "labels move"),
        refusal(
            () -> cards().feature("amount", binned("amounts", 1)),
            "feature amount",
            "amounts",
            "did you mean amount?"),
        refusal(() -> cards().feature("amount"), "feature amount", "no signal"),
        refusal(() -> cards().feature("", binned("amount", 1)), "snake_case"),
        refusal(
            () -> cards().feature("a", binned("amount", 1)).feature("a", binned("amount", 2)),
            "feature a",
            "rename one"),
        refusal(
            () -> cards().feature("a", binned("amount", many), binned("hour", many)),
            "feature a",
            "91206",
            "65536",
            "fewer bins"),
        refusal(
            () ->
                cards()
                    .feature(
                        "a",
                        Stream.generate(() -> binned("hour", many))
                            .limit(9)
                            .toArray(BinnedSignal[]::new)),
            "feature a",
            "65536"),
        refusal(
            () ->
                cards()
                    .feature("a", binned("amount", many), binned("hour", sixty))
                    .feature("b", binned("amount", many), binned("hour", sixty))
                    .feature("c", binned("amount", many), binned("hour", sixty))
                    .feature("d", binned("amount", many), binned("hour", sixty)),
            "feature d",
            "74901",
            "65536"),
        refusal(() -> new SpendingRules(0, 2, 3, Duration.ofDays(1)), "population mean is 0.0"),
        refusal(() -> new SpendingRules(9, 2, 3, Duration.ZERO), "episode is PT0S", "PT1M"),
        refusal(() -> labels.withMaturity(Duration.ofDays(-1)), "maturity is PT-24H", "PT0S"),
        refusal(() -> labels.explainedBy("x", Double.NaN), "explained above is NaN"),
        refusal(() -> new FtrlSettings(0, 1, 1, 1), "alpha is 0.0", "above 0"),
        refusal(() -> new FtrlSettings(1, 1, -1, 1), "l1 is -1.0", "0 or more"),
        refusal(
            () -> new MaturingSettings(Duration.ZERO, Duration.ZERO, 0), "capacity is 0", "1 to"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithThePartTheValueAndTheRemedy(ThrowingCallable declared, String[] words) {
    assertThatThrownBy(declared)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void theDeclarationsThatComeWithTheEngineFitASnapshot() {
    for (FraudDeclaration each :
        List.of(FraudDeclarations.cardsAndMerchants(), FraudDeclarations.shops())) {
      int[] unknown = each.indices(each.observation());
      assertThat(each.faultOf(unknown)).isNull();
      assertThat(unknown).hasSize(each.features().size() + 1);
      assertThat(each.weights()).isLessThan(2_000);
    }
  }
}
