package io.millrace.operators.recommend.content;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.event.CatalogItem;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.recommend.FillIn;
import io.millrace.operators.recommend.WriteSettings;
import io.millrace.operators.state.KeyedHarness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * Signer, buckets and neighbours in several subtasks each, driven by hand: what one subtask sends
 * to another arrives in order, what different ones send in any.
 */
final class ContentChain implements AutoCloseable {
  private static final long AN_INTERVAL = 10_000;
  private static final int CACHED = 3;
  private static final int MOST_WAITING = 40;

  private final Random random;
  private final Stage<Fact<CatalogItem>, BandMessage> signers;
  private final Stage<BandMessage, PairMessage> buckets;
  private final Stage<PairMessage, FillIn> neighbours;
  private final Map<String, FillIn> told = new TreeMap<>();
  private int fillIns;
  private long clock;

  /**
   * @param states of the three stages of a chain before, null to begin
   * @param random of the order in which things arrive
   */
  ContentChain(ContentSettings settings, int parallelism, Saved states, Random random)
      throws Exception {
    this.random = random;
    OperatorSubtaskState none = null;
    int before = states == null ? 1 : states.parallelism;
    signers =
        new Stage<>(
            () -> new ContentSigner(settings, CACHED),
            Fact::key,
            BandMessage.TYPE.serializer(),
            states == null ? none : states.signers,
            before,
            parallelism);
    buckets =
        new Stage<>(
            () -> new ContentBuckets(settings, CACHED),
            BandMessage::key,
            PairMessage.TYPE.serializer(),
            states == null ? none : states.buckets,
            before,
            parallelism);
    neighbours =
        new Stage<>(
            () -> new ContentNeighbours(WriteSettings.DEFAULT, MOST_WAITING),
            PairMessage::item,
            FillIn.TYPE.serializer(),
            states == null ? none : states.neighbours,
            before,
            parallelism);
    if (states != null) {
      told.putAll(states.told);
    }
  }

  /** What a checkpoint holds, and what stood downstream by then. */
  record Saved(
      int parallelism,
      OperatorSubtaskState signers,
      OperatorSubtaskState buckets,
      OperatorSubtaskState neighbours,
      Map<String, FillIn> told) {}

  void process(Fact<CatalogItem> fact) throws Exception {
    signers.offer(0, fact);
    while (random.nextInt(3) > 0) {
      step();
    }
  }

  /** One message somewhere; false if there is none. */
  private boolean step() throws Exception {
    List<Stage<?, ?>> busy = new ArrayList<>();
    for (Stage<?, ?> stage : List.of(signers, buckets, neighbours)) {
      if (!stage.channels.isEmpty()) {
        busy.add(stage);
      }
    }
    if (busy.isEmpty()) {
      return false;
    }
    Stage<?, ?> stage = busy.get(random.nextInt(busy.size()));
    int subtask = stage.processOne(random);
    if (stage == signers) {
      for (BandMessage message : signers.subtasks.get(subtask).take()) {
        buckets.offer(subtask, message);
      }
    } else if (stage == buckets) {
      for (PairMessage message : buckets.subtasks.get(subtask).take()) {
        neighbours.offer(subtask, message);
      }
    }
    collect();
    return true;
  }

  private void collect() {
    for (KeyedHarness<PairMessage, FillIn> subtask : neighbours.subtasks) {
      for (FillIn fillIn : subtask.take()) {
        told.put(fillIn.item(), fillIn);
        fillIns++;
      }
    }
  }

  /** A checkpoint: the barrier comes behind all that is under way. */
  Saved save() throws Exception {
    drain();
    return new Saved(
        signers.subtasks.size(),
        signers.save(),
        buckets.save(),
        neighbours.save(),
        new TreeMap<>(told));
  }

  void drain() throws Exception {
    while (step()) {}
  }

  /** Lets the wall clock run until every change is told. */
  void settle() throws Exception {
    drain();
    clock += AN_INTERVAL;
    for (KeyedHarness<PairMessage, FillIn> subtask : neighbours.subtasks) {
      subtask.clock(clock);
    }
    collect();
  }

  /** Fill-ins told by now. */
  int fillIns() {
    return fillIns;
  }

  int stateEntries() {
    int entries = 0;
    for (Stage<?, ?> stage : List.of(signers, buckets, neighbours)) {
      for (KeyedHarness<?, ?> subtask : stage.subtasks) {
        entries += subtask.stateEntries();
      }
    }
    return entries;
  }

  /** What stands downstream, as {@link NaiveLikeness} has it. */
  Map<String, Map<String, Integer>> likeness() {
    Map<String, Map<String, Integer>> likeness = new TreeMap<>();
    told.forEach(
        (item, fillIn) -> {
          if (!fillIn.isEmpty()) {
            likeness.put(
                item, NaiveLikeness.ranked(fillIn.answer().items(), fillIn.answer().evidence()));
          }
        });
    return likeness;
  }

  @Override
  public void close() {
    for (Stage<?, ?> stage : List.of(signers, buckets, neighbours)) {
      stage.subtasks.forEach(KeyedHarness::close);
    }
  }

  /** Makes one subtask's operator. */
  @FunctionalInterface
  private interface Factory<I, O> {
    OneInputStreamOperator<I, O> make();
  }

  private static final class Stage<I, O> {
    private final List<KeyedHarness<I, O>> subtasks = new ArrayList<>();
    private final KeySelector<I, String> key;

    /** What is under way, by sender and receiver. */
    private final Map<List<Integer>, Deque<I>> channels = new TreeMap<>(this::compare);

    private Stage(
        Factory<I, O> operator,
        KeySelector<I, String> key,
        TypeSerializer<O> output,
        OperatorSubtaskState state,
        int parallelismBefore,
        int parallelism)
        throws Exception {
      this.key = key;
      for (int i = 0; i < parallelism; i++) {
        subtasks.add(
            new KeyedHarness<>(
                operator.make(), key, output, state, parallelismBefore, parallelism, i));
      }
    }

    private int compare(List<Integer> one, List<Integer> other) {
      int first = one.get(0).compareTo(other.get(0));
      return first != 0 ? first : one.get(1).compareTo(other.get(1));
    }

    private void offer(int sender, I message) throws Exception {
      int receiver = KeyedHarness.subtaskOf(key.getKey(message), subtasks.size());
      channels
          .computeIfAbsent(List.of(sender, receiver), channel -> new ArrayDeque<>())
          .add(message);
    }

    private int processOne(Random random) throws Exception {
      List<List<Integer>> busy = new ArrayList<>(channels.keySet());
      List<Integer> channel = busy.get(random.nextInt(busy.size()));
      Deque<I> queue = channels.get(channel);
      subtasks.get(channel.get(1)).process(queue.remove());
      if (queue.isEmpty()) {
        channels.remove(channel);
      }
      return channel.get(1);
    }

    private OperatorSubtaskState save() throws Exception {
      OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
      for (int i = 0; i < states.length; i++) {
        states[i] = subtasks.get(i).snapshot();
      }
      return AbstractStreamOperatorTestHarness.repackageState(states);
    }
  }
}
