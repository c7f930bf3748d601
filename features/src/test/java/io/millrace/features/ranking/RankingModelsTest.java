package io.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.ModelSnapshot;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingModelsTest {
  private static final ListOrder THIRD = ListOrder.parse("frozen:3");

  private static ModelSnapshot snapshot(String segment, long version) {
    return snapshot(segment, version, 1, version);
  }

  private static ModelSnapshot snapshot(
      String segment, long version, long eventTime, double weight) {
    double[] weights = new double[RankingFeatures.COUNT];
    weights[0] = weight;
    return new ModelSnapshot(
        RankingModel.id(segment), version, RankingFeatures.fingerprint(), 1, eventTime, weights);
  }

  private static long version(RankingModel model) {
    return model == null ? -1 : model.version();
  }

  @Test
  void keepsTheNewestOfEachSegmentAndWhatListsAreFrozenAt() throws Exception {
    RankingModels models = new RankingModels(Set.of(3L));
    for (long version = 1; version <= 1_000; version++) {
      models.put(snapshot("default", version));
    }
    models.put(snapshot("app", 5));

    RankingModels restored = new RankingModels(Set.of(3L));
    for (ModelSnapshot snapshot : models.all()) {
      restored.put(snapshot);
    }
    for (RankingModels each : new RankingModels[] {models, restored}) {
      assertThat(each.all()).hasSize(RankingModels.KEPT + 2);
      assertThat(version(each.get("default", ListOrder.LEARNED))).isEqualTo(1_000);
      assertThat(version(each.get("default", THIRD))).isEqualTo(3);
      assertThat(version(each.get("default", ListOrder.parse("frozen:980")))).isEqualTo(980);
      assertThat(each.get("default", ListOrder.parse("frozen:4"))).isNull();
      assertThat(each.get("default", ListOrder.parse("frozen:0"))).isNull();
      assertThat(each.get("default", ListOrder.NEIGHBOURS)).isNull();
      assertThat(version(each.get("app", ListOrder.LEARNED))).isEqualTo(5);
      assertThat(each.get("app", THIRD)).isNull();
      assertThat(each.get("web", ListOrder.LEARNED)).isNull();
    }
  }

  @Test
  void theOneHeardLastCountsAndReplacesItsOwnVersion() throws Exception {
    RankingModels models = new RankingModels(Set.of());
    models.put(snapshot("default", 9));
    models.put(snapshot("default", 2));
    assertThat(version(models.get("default", ListOrder.LEARNED))).isEqualTo(2);
    models.put(snapshot("default", 9));
    assertThat(version(models.get("default", ListOrder.LEARNED))).isEqualTo(9);
    assertThat(models.all()).hasSize(2);
  }

  @Test
  void whatListsAreFrozenAtStaysAsItWas() throws Exception {
    RankingModels models = new RankingModels(Set.of(3L));
    models.put(snapshot("default", 3, 1, 1));
    models.put(snapshot("default", 3, 2, -500));

    assertThat(models.get("default", THIRD).snapshot().weights()[0]).isEqualTo(1);
    assertThat(models.knows(3)).isTrue();
    assertThat(models.knows(4)).isFalse();
  }

  @Test
  void aSegmentThatIsSilentForADayMakesRoom() throws Exception {
    RankingModels models = new RankingModels(Set.of());
    for (int segment = 0; segment < RankingModel.MAX_SEGMENTS; segment++) {
      models.put(snapshot("s" + segment, 1, 1_000 + segment, 1));
    }
    long later = 1_000 + RankingModel.SILENT_MS;
    assertThatThrownBy(() -> models.put(snapshot("new", 1, later - 1, 1)))
        .isInstanceOf(InvalidEventException.class);
    models.put(snapshot("new", 1, later, 1));

    assertThat(version(models.get("new", ListOrder.LEARNED))).isEqualTo(1);
    assertThat(models.get("s0", ListOrder.LEARNED)).isNull();
    assertThat(version(models.get("s1", ListOrder.LEARNED))).isEqualTo(1);
  }

  @Test
  void refusesOneSegmentTooManyAndOtherFeatures() throws Exception {
    RankingModels models = new RankingModels(Set.of());
    for (int segment = 0; segment < RankingModel.MAX_SEGMENTS; segment++) {
      models.put(snapshot("s" + segment, 1));
    }
    assertThatThrownBy(() -> models.put(snapshot("another", 1)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining("ranking:another")
        .hasMessageContaining("64");
    models.put(snapshot("s1", 2));
    assertThat(version(models.get("s1", ListOrder.LEARNED))).isEqualTo(2);

    ModelSnapshot foreign =
        new ModelSnapshot(RankingModel.id("s1"), 3, "other", 1, 1, new double[] {1});
    assertThatThrownBy(() -> models.put(foreign)).isInstanceOf(InvalidEventException.class);
    assertThat(version(models.get("s1", ListOrder.LEARNED))).isEqualTo(2);
  }
}
