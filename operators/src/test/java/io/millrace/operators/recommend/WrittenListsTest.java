package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.session.Hashes;
import io.millrace.operators.state.KeyedHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.Test;

/** What is looked through when, where every list that is written takes a millisecond. */
class WrittenListsTest {
  private static final int ON_HEAP = WrittenLists.ACTIVE + 500;
  private static final String TICK = "!";
  private static final String GONE = "-";

  /** Gives every visitor that comes a list; {@code -x} has item x go, {@code !} is a tick. */
  private static final class Lists extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String>, WrittenLists.Writer {
    private static final long serialVersionUID = 1L;

    private transient Set<Long> gone;
    private transient WrittenLists lists;
    private transient long now;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      gone = new HashSet<>();
      now = 100_000;
      StateSettings states =
          new StateSettings(Duration.ofDays(1), Duration.ofDays(1), ON_HEAP, ON_HEAP);
      lists = new WrittenLists(states, 200, item -> !gone.contains(item), this, this, context);
    }

    @Override
    public void processElement(StreamRecord<String> element) throws Exception {
      String what = element.getValue();
      if (what.equals(TICK)) {
        now += WrittenLists.TICK_MS;
        lists.tick();
      } else if (what.startsWith(GONE)) {
        gone.add(Hashes.of(what.substring(1)));
        lists.itemGone(now);
      } else {
        LastList.Origin origin = new LastList.Origin(now, "bucket", LastList.NO_MODEL);
        lists.put(what, origin, List.of(item("a"), item("b"), item("c")));
      }
    }

    private static Item item(String id) {
      return new Item(id, 1, new Reason(ReasonType.TRENDING, null, null));
    }

    @Override
    public List<Item> rewrite(String visitor, LastList.Origin origin, List<Item> items) {
      now++;
      output.collect(new StreamRecord<>(visitor));
      return items;
    }

    @Override
    public void writeAgain(String visitor, LastList.Origin origin, List<Item> items) {
      throw new AssertionError("nobody asked for " + visitor);
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      return new TestProcessingTimeService() {
        @Override
        public long getCurrentProcessingTime() {
          return now;
        }
      };
    }
  }

  private static KeyedHarness<String, String> open() throws Exception {
    return new KeyedHarness<>(new Lists(), key -> key, StringSerializer.INSTANCE, null, 1, 1, 0);
  }

  private static List<String> write(KeyedHarness<String, String> lists, int count)
      throws Exception {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      newestFirst.add("v" + i);
      lists.process("v" + i);
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  @Test
  void activeListsAreSweptAtOnceAndOthersInSlicesOfTime() throws Exception {
    try (var lists = open()) {
      List<String> newestFirst = write(lists, ON_HEAP);
      lists.process("-a");
      lists.process(TICK);
      assertThat(lists.take()).isEqualTo(newestFirst.subList(0, WrittenLists.ACTIVE + 10));

      int swept = WrittenLists.ACTIVE + 10;
      for (int tick = 0; tick < 10; tick++) {
        lists.process(TICK);
        assertThat(lists.take()).isEqualTo(newestFirst.subList(swept, swept + 10));
        swept += 10;
      }
    }
  }

  @Test
  void itemThatGoesWhileOthersAreSweptLeavesEveryList() throws Exception {
    try (var lists = open()) {
      List<String> newestFirst = write(lists, ON_HEAP);
      lists.process("-a");
      lists.process(TICK);
      lists.take();

      lists.process("-b");
      Set<String> swept = new HashSet<>();
      for (int tick = 0; tick < 300; tick++) {
        lists.process(TICK);
        swept.addAll(lists.take());
      }
      assertThat(swept).hasSameSizeAs(newestFirst);
    }
  }

  @Test
  void everyListIsSweptInTheEndAlsoThoseNotOnTheHeap() throws Exception {
    try (var lists = open()) {
      List<String> visitors = write(lists, 3 * ON_HEAP);
      lists.process("-a");
      List<String> swept = new ArrayList<>();
      for (int tick = 0; tick < 1_000; tick++) {
        lists.process(TICK);
        swept.addAll(lists.take());
      }
      assertThat(swept).containsExactlyInAnyOrderElementsOf(visitors);
    }
  }
}
