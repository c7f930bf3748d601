package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.RecommendationList;
import io.millrace.features.event.Click;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.event.ModelSnapshotCodec;
import io.millrace.features.event.Topics;
import io.millrace.features.ranking.RankingFeatures;
import io.millrace.features.ranking.RankingModel;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.recommend.RecommendJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the next clicks of visitors over the topic of models to the order of lists. */
class LearnedRankingIT {
  private static final LocalJob JOB = new LocalJob("recommend", RecommendJob::define);
  private static final int VISITORS = 80;
  private static final int CLICKS = 4;
  private static final long MINUTE_MS = 60_000;

  @TempDir private Path dir;
  private EngineUnderTest engine;
  private final long begin = System.currentTimeMillis() - 3 * VISITORS * MINUTE_MS;
  private int clicks;

  @AfterEach
  void stopEngine() {
    engine.close();
  }

  @Test
  void listsAreRankedByWhatWasLearnedAlsoAfterARestart() throws Exception {
    engine = EngineUnderTest.start(dir);
    Options options =
        engine.options(2).with(RankingOptions.VISITORS, 1.0).with(RankingOptions.PUBLISH_EVERY, 20);
    engine.run(JOB, options);
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      engine.send(session(visitor));
    }
    engine.tick(begin + 2 * VISITORS * MINUTE_MS);

    RecommendationList ranked = awaitRanked();
    assertThat(ranked.bucket()).isEqualTo("learned");
    ModelSnapshot published = model(0);
    assertThat(published.modelId()).isEqualTo(RankingModel.id("default"));
    assertThat(published.examples()).isEqualTo(20);
    assertThat(published.fingerprint()).isEqualTo(RankingFeatures.fingerprint());

    engine.stop();
    engine.run(JOB, options);
    long version = ranked.modelVersion();
    assertThat(engine.ask(probe("after-the-restart")).modelVersion())
        .isGreaterThanOrEqualTo(version);

    // One that is not for these features is refused, and lists go on with the last good one.
    ModelSnapshot foreign =
        new ModelSnapshot(
            RankingModel.id("default"), 1_000, "f".repeat(16), 1, begin, new double[] {1});
    engine.sendTo(Topics.MODELS, RankingModel.id("default"), ModelSnapshotCodec.encode(foreign));
    engine.sendTo(Topics.MODELS, RankingModel.id("default"), "{\"model_id\":".getBytes(UTF_8));
    engine.flush();
    assertThat(engine.messages(Topics.DEAD_LETTERS, 1).get(0)).contains("malformed_json");
    assertThat(engine.ask(probe("after-a-foreign-one")).modelVersion())
        .isBetween(version, version + VISITORS);
    assertThat(engine.hasRestarted()).isFalse();
  }

  /** Clicks of one visitor, a second apart, the visitors a minute. */
  private List<Click> session(int visitor) {
    List<Click> session = new ArrayList<>();
    for (int click = 0; click < CLICKS; click++) {
      long time = begin + visitor * MINUTE_MS + click * 1_000L;
      String item = "i" + (visitor + click * (1 + visitor % 2)) % 7;
      session.add(Click.view("e" + clicks++, time, "v" + visitor, item));
    }
    return session;
  }

  /** Somebody new at a time of its own. */
  private Click probe(String visitor) {
    long time = begin + 2 * VISITORS * MINUTE_MS + clicks * 10L;
    return Click.view("p" + clicks++, time, visitor, "i3");
  }

  private RecommendationList awaitRanked() throws Exception {
    RecommendationList[] list = new RecommendationList[1];
    int[] number = {0};
    Await.until(
        "a list is ranked by a model",
        EngineUnderTest.LIMIT,
        () -> {
          list[0] = engine.ask(probe("probe-" + number[0]++));
          return list[0].modelVersion() != null;
        });
    return list[0];
  }

  private ModelSnapshot model(int number) throws Exception {
    String message = engine.messages(Topics.MODELS, number + 1).get(number);
    return new ModelSnapshotCodec(Clock.systemUTC()).decode(message.getBytes(UTF_8));
  }
}
