package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.event.Click;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RankingOptions;
import io.millrace.jobs.recommend.RecommendJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job says of its own lists is what somebody finds who reads them and sees the clicks. */
class LiveQualityIT {
  private static final LocalJob JOB = new LocalJob("recommend", RecommendJob::define);
  private static final String BUCKETS = "plain:0.5:neighbours,new:0.5:learned";
  private static final long MINUTE_MS = 60_000;
  private static final int VISITORS = 24;
  private static final int CLICKS = 3;

  @TempDir private Path dir;
  private EngineUnderTest engine;
  private final long begin = (System.currentTimeMillis() - 3 * 3_600_000) / MINUTE_MS * MINUTE_MS;
  private int clicks;

  /** By bucket: clicks judged, and how many of them were foreseen. */
  private final Map<String, int[]> expected = new HashMap<>();

  @AfterEach
  void stopEngine() {
    engine.close();
  }

  @Test
  void judgesListsByTheNextClickOverARestart() throws Exception {
    engine = EngineUnderTest.start(dir);
    Options options =
        engine
            .options(2)
            .with(RankingOptions.VISITORS, 1.0)
            .with(RankingOptions.PUBLISH_EVERY, 8)
            .with(RankingOptions.BUCKETS, BUCKETS);
    engine.run(JOB, options);
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      visit(visitor);
      if (visitor == VISITORS / 2) {
        engine.stop();
        engine.run(JOB, options);
      }
    }
    engine.tick(begin + 2 * MINUTE_MS);

    QualityFigures all = await("_all");
    int[] total = new int[2];
    for (String bucket : new String[] {"plain", "new"}) {
      int[] judged = expected.get(bucket);
      total[0] += judged[0];
      total[1] += judged[1];
      QualityFigures figures = await(bucket);
      assertThat(figures.events()).as(bucket).isEqualTo(judged[0]);
      assertThat(figures.hitRate20())
          .as(bucket)
          .isCloseTo((double) judged[1] / judged[0], within(1e-5));
    }
    assertThat(all.minute()).isEqualTo(begin);
    assertThat(all.events()).isEqualTo(total[0]).isEqualTo(VISITORS * (CLICKS - 1));
    assertThat(all.hitRate20()).isCloseTo((double) total[1] / total[0], within(1e-5));
    assertThat(total[1]).as("hits").isBetween(1, total[0] - 1);
    assertThat(all.byReason().values().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-5));
    assertThat(all.total().visitors()).isEqualTo(VISITORS);
    assertThat(all.sampleRatio().visitors().values().stream().mapToLong(each -> each).sum())
        .isEqualTo(VISITORS);
    assertThat(all.sampleRatio().mismatch()).isFalse();
    assertThat(engine.hasRestarted()).isFalse();
  }

  /** One visitor, who reads the list before each click but the first. */
  private void visit(int visitor) throws Exception {
    RecommendationList list = null;
    for (int click = 0; click < CLICKS; click++) {
      String item = "i" + (visitor + click * (1 + visitor % 3)) % 9;
      if (list != null) {
        int[] judged = expected.computeIfAbsent(list.bucket(), unused -> new int[2]);
        judged[0]++;
        judged[1] +=
            list.items().stream().limit(20).map(Item::itemId).anyMatch(item::equals) ? 1 : 0;
      }
      long time = begin + visitor * 1_000L + click * 10L;
      list = engine.ask(Click.view("e" + clicks++, time, "v" + visitor, item));
    }
  }

  private QualityFigures await(String bucket) throws Exception {
    Await.until(
        "the quality of " + bucket + " is written",
        EngineUnderTest.LIMIT,
        () -> engine.reader().quality(bucket).isPresent());
    return engine.reader().quality(bucket).orElseThrow();
  }

  @Test
  void listsAreFrozenAtAVersionOfTheTopic() throws Exception {
    engine = EngineUnderTest.start(dir);
    Options options =
        engine.options(2).with(RankingOptions.VISITORS, 1.0).with(RankingOptions.PUBLISH_EVERY, 8);
    engine.run(JOB, options);
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      visit(visitor);
    }
    engine.tick(begin + 2 * MINUTE_MS);
    List<String> published = engine.messages(Topics.MODELS, 3);
    assertThat(published).hasSizeGreaterThanOrEqualTo(3);
    engine.stop();

    engine.run(JOB, options.with(RankingOptions.MODEL, RankingOptions.MODEL.parse("frozen:2")));
    RecommendationList list = ranked();
    assertThat(list.bucket()).isEqualTo("frozen-2");
    assertThat(list.modelVersion()).isEqualTo(2);
    int before = engine.messages(Topics.MODELS, published.size()).size();

    // Whoever is forgotten starts anew; what the topic held before stays.
    engine.startOver();
    engine.run(JOB, options.with(RankingOptions.MODEL, RankingOptions.MODEL.parse("frozen:1")));
    assertThat(ranked().modelVersion()).isEqualTo(1);
    assertThat(engine.messages(Topics.MODELS, before)).hasSize(before);
  }

  /** A list of somebody new that a version has put in order. */
  private RecommendationList ranked() throws Exception {
    List<RecommendationList> lists = new ArrayList<>();
    int[] number = {clicks};
    Await.until(
        "a list is ranked",
        EngineUnderTest.LIMIT,
        () -> {
          long time = begin + 2 * MINUTE_MS + number[0]++;
          lists.add(engine.ask(Click.view("r" + time, time, "r" + time, "i3")));
          return Optional.ofNullable(lists.get(lists.size() - 1).modelVersion()).isPresent();
        });
    clicks = number[0];
    return lists.get(lists.size() - 1);
  }
}
