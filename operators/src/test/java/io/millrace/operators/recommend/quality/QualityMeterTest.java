package io.millrace.operators.recommend.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.QualityFigures;
import io.millrace.features.decision.QualityJson;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.event.Control;
import io.millrace.features.quality.QualityEvent;
import io.millrace.features.quality.ServedList;
import io.millrace.features.ranking.Buckets;
import io.millrace.features.session.Hashes;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.TwoInputHarness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What the meter writes is a function of the events and not of the way they came. */
class QualityMeterTest {
  private static final long TIME = 1_748_736_000_000L;
  private static final long MINUTE_MS = 60_000;

  private static final Buckets BUCKETS = Buckets.parse("control:0.5:neighbours,main:0.5:learned");

  private static TwoInputHarness<QualityEvent, Fact<Control>, RedisWrite> open(
      OperatorSubtaskState state) throws Exception {
    return new TwoInputHarness<>(
        new QualityMeter(BUCKETS, 1),
        event -> QualityMeter.KEY,
        null,
        RedisWrite.TYPE.serializer(),
        state,
        1,
        1,
        0);
  }

  private static QualityEvent event(Random random, long time) {
    int visitor = random.nextInt(500);
    String bucket = visitor % 2 == 0 ? "control" : "main";
    if (random.nextInt(5) == 0) {
      return new QualityEvent(time, bucket, Hashes.mix(visitor), null, 0, 0);
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ReasonType type = i < 15 ? ReasonType.SESSION : ReasonType.TRENDING;
      items.add(new Item("i" + random.nextInt(300), 1, new Reason(type, null, null)));
    }
    int rank = random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(20);
    ServedList list = ServedList.of(items, item -> false);
    return new QualityEvent(time, bucket, Hashes.mix(visitor), list, rank, 1_000);
  }

  private static List<QualityEvent> events(Random random) {
    List<QualityEvent> events = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      events.add(event(random, TIME + i * 300L));
    }
    return events;
  }

  /** By key, one after the other. */
  private static Map<String, List<String>> values(List<RedisWrite> writes) {
    Map<String, List<String>> values = new TreeMap<>();
    for (RedisWrite write : writes) {
      values
          .computeIfAbsent(write.key(), unused -> new ArrayList<>())
          .add(new String(write.value()));
    }
    return values;
  }

  private static Map<String, List<String>> run(
      List<QualityEvent> events, Random disorder, boolean restarts) throws Exception {
    List<RedisWrite> writes = new ArrayList<>();
    var meter = open(null);
    try {
      for (int from = 0; from < events.size(); ) {
        int to = Math.min(events.size(), from + 1 + disorder.nextInt(400));
        List<QualityEvent> block = new ArrayList<>(events.subList(from, to));
        Collections.shuffle(block, disorder);
        for (QualityEvent event : block) {
          meter.first(event);
        }
        meter.watermark(to == events.size() ? Long.MAX_VALUE : events.get(to).time() - 1);
        writes.addAll(meter.take());
        if (restarts) {
          OperatorSubtaskState state = meter.snapshot();
          meter.close();
          meter = open(state);
        }
        from = to;
      }
    } finally {
      meter.close();
    }
    return values(writes);
  }

  @Test
  void orderAndRestartsChangeNothing() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      List<QualityEvent> events = events(new Random(seed));
      Map<String, List<String>> first = run(events, new Random(seed + 10), true);

      assertThat(first)
          .as("seed %d", seed)
          .containsOnlyKeys("quality:{_all}", "quality:{control}", "quality:{main}")
          .isEqualTo(run(events, new Random(seed + 20), false));
      assertThat(first.get("quality:{_all}")).hasSize(10);
    }
  }

  @Test
  void aMinuteIsWrittenWhenTheWatermarkHasPassedIt() throws Exception {
    try (var meter = open(null)) {
      List<QualityEvent> events = events(new Random(3)).subList(0, 200);
      long hits = 0;
      long judged = 0;
      for (QualityEvent event : events) {
        meter.first(event);
        judged += event.list() == null ? 0 : 1;
        hits += event.rank() > 0 ? 1 : 0;
      }
      meter.watermark(TIME + MINUTE_MS - 1);
      assertThat(meter.take()).isEmpty();

      meter.watermark(TIME + MINUTE_MS);

      RedisWrite written =
          meter.take().stream()
              .filter(write -> write.key().equals("quality:{_all}"))
              .findFirst()
              .orElseThrow();
      QualityFigures all = QualityJson.read("_all", written.value());
      assertThat(all.minute()).isEqualTo(TIME);
      assertThat(all.events()).isEqualTo(judged);
      assertThat(all.hitRate20()).isBetween((hits - .01) / judged, (hits + .01) / judged);
      assertThat(all.byReason().get(ReasonType.TRENDING)).isEqualTo(.25);
      assertThat(all.sampleRatio().mismatch()).isFalse();

      // Late: of a minute that was written.
      meter.first(events.get(0));
      meter.watermark(TIME + 2 * MINUTE_MS);
      assertThat(meter.take()).isEmpty();
    }
  }

  @Test
  void whoAsksIsToldTheNewestOnceMore() throws Exception {
    OperatorSubtaskState state;
    List<RedisWrite> written;
    try (var meter = open(null)) {
      for (QualityEvent event : events(new Random(4)).subList(0, 900)) {
        meter.first(event);
      }
      meter.watermark(TIME + 2 * MINUTE_MS);
      written = meter.take();
      state = meter.snapshot();
    }
    try (var meter = open(state)) {
      meter.second(new Fact<>("republish:recommend", null, 1));

      List<RedisWrite> again = meter.take();
      assertThat(again).hasSize(3);
      values(again)
          .forEach(
              (key, values) -> {
                List<String> before = values(written).get(key);
                assertThat(values).containsExactly(before.get(before.size() - 1));
              });
    }
  }
}
