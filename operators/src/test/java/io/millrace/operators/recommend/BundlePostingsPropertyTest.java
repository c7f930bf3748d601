package io.millrace.operators.recommend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.BundleList;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders come in any order, with failures and new parallelisms in between: the end is the same. */
class BundlePostingsPropertyTest {
  private static final BundleSettings SETTINGS = new BundleSettings(6, 2);
  private static final StateSettings TINY =
      new StateSettings(Duration.ofDays(30), Duration.ofDays(30), 2, 3);

  /** More silence than it takes. */
  private static final long QUIET = 30_000;

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyArrivalWithAnyFailureLeadsToARecountOfTheWholeLog(int seed) throws Exception {
    Random random = new Random(seed);
    BundleLog log = new BundleLog(SETTINGS);
    List<List<PostingMessage>> visitors = visitors(log, random);
    log.hide("i3");
    Map<String, String> expected = log.bundles(1);
    assertThat(expected).as("seed %d", seed).hasSizeGreaterThan(5);

    for (int failures : new int[] {0, 4}) {
      Run run = new Run(random);
      List<ItemFact> facts = new ArrayList<>(log.facts());
      Collections.shuffle(facts, random);
      int steps = 0;
      List<List<PostingMessage>> left = new ArrayList<>();
      visitors.forEach(messages -> left.add(new ArrayList<>(messages)));
      while (!left.isEmpty()) {
        List<PostingMessage> next = left.get(random.nextInt(left.size()));
        run.order(next.remove(0));
        left.removeIf(List::isEmpty);
        if (!facts.isEmpty() && random.nextInt(5) == 0) {
          // A count on its way there, then the last one.
          ItemFact fact = facts.remove(0);
          run.tell(new ItemFact(fact.item(), false, false, false, false, null, 1, 1));
          run.tell(fact);
        }
        if (random.nextInt(20) == 0) {
          run.clock(random.nextInt(3_000));
        }
        if (++steps % 60 == 0 && steps / 60 <= failures) {
          run.fail(1 + random.nextInt(3));
        }
      }
      for (ItemFact fact : facts) {
        run.tell(fact);
      }
      run.clock(QUIET);
      run.clock(QUIET);
      run.close();
      assertThat(run.redis).as("seed %d, %d failures", seed, failures).isEqualTo(expected);
      assertThat(run.fillIns).as("as in Redis").isEqualTo(run.redisItems());
    }
  }

  /** What trackers say of each visitor, in order: orders, changed lines, orders taken back. */
  private static List<List<PostingMessage>> visitors(BundleLog log, Random random) {
    List<List<PostingMessage>> visitors = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      List<PostingMessage> messages = new ArrayList<>();
      SessionItems order = order(random.nextLong(), random.nextInt(40), random);
      teach(order, messages);
      log.put(order);
      if (random.nextInt(4) == 0) {
        SessionItems changed = order(order.id(), order.time() - 1_000_000, random);
        for (String item : order.items()) {
          if (!List.of(changed.items()).contains(item)) {
            messages.add(PostingMessage.retract(item, order.id()));
          }
        }
        teach(changed, messages);
        order = changed;
      } else if (random.nextInt(4) == 0) {
        for (String item : order.items()) {
          messages.add(PostingMessage.retract(item, order.id()));
        }
        log.takeBack(order.id());
      }
      log.put(order);
      visitors.add(messages);
    }
    return visitors;
  }

  private static void teach(SessionItems order, List<PostingMessage> messages) {
    for (String item : order.items()) {
      messages.add(PostingMessage.teach(item, order));
    }
  }

  private static SessionItems order(long id, long time, Random random) {
    int theme = random.nextInt(4) * 4;
    String[] items =
        IntStream.range(0, 1 + random.nextInt(4))
            .map(i -> random.nextInt(4) == 0 ? random.nextInt(16) : theme + random.nextInt(4))
            .mapToObj(i -> "i" + i)
            .distinct()
            .sorted()
            .toArray(String[]::new);
    return new SessionItems(id, 1_000_000 + time, items);
  }

  /** The operator at some parallelism, and a Redis behind it. */
  private static final class Run {
    private final Map<String, String> redis = new TreeMap<>();
    private final Map<String, List<String>> fillIns = new TreeMap<>();
    private List<TwoInputHarness<PostingMessage, BundleNews, FillIn>> subtasks;
    private long now = 1;

    private Run(Random random) throws Exception {
      open(null, 1, 1 + random.nextInt(3));
    }

    private void open(OperatorSubtaskState state, int before, int parallelism) throws Exception {
      subtasks = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        subtasks.add(
            new TwoInputHarness<>(
                new BundlePostings(SETTINGS, BundleWriteSettings.DEFAULT, TINY),
                PostingMessage::item,
                null,
                FillIn.TYPE.serializer(),
                state,
                before,
                parallelism,
                i));
      }
    }

    private void order(PostingMessage message) throws Exception {
      subtasks.get(KeyedHarness.subtaskOf(message.item(), subtasks.size())).first(message);
    }

    private void tell(ItemFact fact) throws Exception {
      for (var subtask : subtasks) {
        subtask.second(BundleNews.of(fact));
      }
    }

    private void clock(long millis) throws Exception {
      now += millis;
      for (var subtask : subtasks) {
        subtask.clock(now);
        for (RedisWrite write : subtask.takeSide(BundlePostings.BUNDLES)) {
          String before = redis.get(write.key());
          String value = new String(write.value(), UTF_8);
          if (write.isTombstone()) {
            redis.remove(write.key());
          } else if (before == null || before.substring(0, 33).compareTo(value) <= 0) {
            redis.put(write.key(), value);
          }
        }
        for (FillIn fillIn : subtask.take()) {
          fillIns.put(fillIn.item(), Arrays.asList(fillIn.answer().items()));
        }
      }
      fillIns.values().removeIf(List::isEmpty);
    }

    /** The bundles in Redis as fill-ins have them. */
    private Map<String, List<String>> redisItems() {
      Map<String, List<String>> items = new TreeMap<>();
      for (String value : redis.values()) {
        BundleList bundle = DecisionJson.readBundle(value.getBytes(UTF_8));
        items.put(bundle.itemId(), bundle.items().stream().map(BundleList.Item::itemId).toList());
      }
      return items;
    }

    private void fail(int parallelism) throws Exception {
      int before = subtasks.size();
      OperatorSubtaskState[] states = new OperatorSubtaskState[before];
      for (int i = 0; i < before; i++) {
        states[i] = subtasks.get(i).snapshot();
      }
      clock(0);
      close();
      open(AbstractStreamOperatorTestHarness.repackageState(states), before, parallelism);
    }

    private void close() {
      subtasks.forEach(TwoInputHarness::close);
    }
  }
}
