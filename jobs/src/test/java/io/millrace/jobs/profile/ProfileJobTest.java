package io.millrace.jobs.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.algebra.Feature;
import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.algebra.Span;
import io.millrace.features.profile.VisitorFeatures;
import io.millrace.jobs.Failure;
import io.millrace.jobs.options.Options;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;
import org.junit.jupiter.api.Test;

/** Declarations that cannot be are refused when the job is defined, not when it runs. */
class ProfileJobTest {
  private static void assertRefused(SerializableSupplier<FeatureSet> features, String... words) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    assertThatThrownBy(() -> ProfileJob.define(env, Options.defaults(), features))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.WRONG_USAGE))
        .hasMessageContainingAll(words);
  }

  @Test
  void anUnknownFieldIsNamedWithTheNearest() {
    assertRefused(
        () -> VisitorFeatures.with(List.of(Feature.sum("paid", "amuont").over(Span.days(1)))),
        "paid",
        "amuont",
        "amount");
  }

  @Test
  void aWindowOfNothingIsRefused() {
    assertRefused(
        () -> VisitorFeatures.with(List.of(Feature.count("none").over(Duration.ZERO))),
        "feature none",
        "1 minute",
        "30 days");
  }

  @Test
  void aWindowBeyondTheLimitIsRefused() {
    assertRefused(
        () -> VisitorFeatures.with(List.of(Feature.count("old").over(Duration.ofDays(31)))),
        "feature old",
        "31 days",
        "30 days");
  }

  @Test
  void twoFeaturesOfOneNameAreRefused() {
    assertRefused(
        () -> VisitorFeatures.with(List.of(Feature.count("views"))),
        "feature views",
        "two of that name",
        "rename");
  }

  @Test
  void aTypeThatDoesNotFitIsRefused() {
    assertRefused(
        () -> VisitorFeatures.with(List.of(Feature.sum("total", "item"))),
        "feature total",
        "item",
        "TEXT",
        "NUMBER or FLAG");
  }

  @Test
  void namesThatEveryProfileHasAreTaken() {
    assertRefused(
        () -> VisitorFeatures.with(List.of(Feature.count("lifecycle"))), "lifecycle", "rename");
  }

  @Test
  void featuresThatAProfileIsMadeOfMustBeThere() {
    assertRefused(
        () ->
            FeatureSet.of(
                VisitorFeatures.NAME, VisitorFeatures.shipped().schema(), Feature.count("views")),
        "first_time");
  }
}
