package io.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.algebra.Feature;
import io.millrace.features.profile.VisitorFeatures;
import java.util.List;
import org.junit.jupiter.api.Test;

class HundredFeaturesTest {
  @Test
  void areThoseThatAreShippedAndMore() {
    List<Feature> features = HundredFeatures.set().features();
    assertThat(features).hasSize(100).containsAll(VisitorFeatures.shipped().features());
  }

  @Test
  void areTheSameAtEveryCall() {
    assertThat(HundredFeatures.set().features()).isEqualTo(HundredFeatures.set().features());
  }
}
