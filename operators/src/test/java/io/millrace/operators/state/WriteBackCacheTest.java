package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.accumulators.Accumulator;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class WriteBackCacheTest {
  /** Appends a star to the value of each key that comes and puts the value out. */
  private static final class Stars extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;
    private static final String READ_ONLY = "?";
    private static final String EMPTIED = "!";

    private final int capacity;
    private transient WriteBackCache<StringBuilder> cache;
    private transient int decoded;
    private transient int encoded;

    private Stars(int capacity) {
      this.capacity = capacity;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      cache =
          new WriteBackCache<>("stars", new Codec(), capacity, Duration.ofDays(1), this, context);
    }

    @Override
    public void processElement(StreamRecord<String> element) throws Exception {
      String key = key(element.getValue());
      WriteBackCache.Entry<StringBuilder> entry = cache.get(key);
      if (element.getValue().endsWith(EMPTIED)) {
        entry.value().setLength(0);
        entry.markChanged();
      } else if (!element.getValue().endsWith(READ_ONLY)) {
        entry.value().append('*');
        entry.markChanged();
      }
      // The cache may have worked on another key; the operator must still be at its own.
      assertThat(getCurrentKey()).isEqualTo(key);
      output.collect(new StreamRecord<>(key + entry.value()));
    }

    private static String key(String element) {
      return element.replace(READ_ONLY, "").replace(EMPTIED, "");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
      cache.flush();
    }

    private final class Codec implements StateCodec<StringBuilder> {
      @Override
      public StringBuilder empty() {
        return new StringBuilder();
      }

      @Override
      public StringBuilder decode(byte[] bytes) {
        decoded++;
        return new StringBuilder("*".repeat(bytes.length));
      }

      @Override
      public byte[] encode(StringBuilder value) {
        encoded++;
        return value.isEmpty() ? null : new byte[value.length()];
      }
    }
  }

  private static KeyedHarness<String, String> open(
      Stars operator, OperatorSubtaskState state, int parallelism, int subtask) throws Exception {
    return new KeyedHarness<>(
        operator, Stars::key, StringSerializer.INSTANCE, state, 1, parallelism, subtask);
  }

  private static void process(KeyedHarness<String, String> harness, String... elements)
      throws Exception {
    for (String element : elements) {
      harness.process(element);
    }
  }

  private static long accumulator(Stars operator, String name) {
    Accumulator<?, ?> accumulator = operator.getRuntimeContext().getAccumulator(name);
    return (Long) accumulator.getLocalValue();
  }

  @Test
  void valueInUseIsNeitherEncodedNorDecoded() throws Exception {
    Stars stars = new Stars(2);
    try (var harness = open(stars, null, 1, 0)) {
      process(harness, "a", "b", "a", "b", "a");

      assertThat(harness.take()).containsExactly("a*", "b*", "a**", "b**", "a***");
      assertThat(stars.encoded).isZero();
      assertThat(stars.decoded).isZero();
    }
  }

  @Test
  void leastRecentlyUsedValueGoesToStateAndComesBack() throws Exception {
    Stars stars = new Stars(2);
    try (var harness = open(stars, null, 1, 0)) {
      process(harness, "a", "b", "a", "c");
      assertThat(stars.encoded).as("b is written back for c").isEqualTo(1);

      process(harness, "a");
      assertThat(stars.decoded).isZero();
      process(harness, "b");
      assertThat(stars.decoded).isEqualTo(1);
      assertThat(harness.take()).endsWith("a***", "b**");
    }
  }

  @Test
  void accessesWriteBackBeforeTheNextCheckpointIsDueSoThatLittleIsLeftForIt() throws Exception {
    Stars stars = new Stars(100);
    try (var harness = open(stars, null, 1, 0)) {
      harness.clock(10_000);
      harness.snapshot();
      process(harness, "a", "b", "c", "d", "e");
      harness.clock(15_000);
      process(harness, "a");
      assertThat(stars.encoded).as("halfway to the next one").isZero();

      harness.clock(15_001);
      process(harness, "f");
      assertThat(stars.encoded).as("four an access").isEqualTo(4);
      process(harness, "a", "f?", "f?");
      assertThat(stars.encoded).as("what was changed later is left").isEqualTo(5);

      harness.clock(17_501);
      process(harness, "a");
      assertThat(stars.encoded).as("f and a, longer ago than it is until then").isEqualTo(5 + 2);
      harness.clock(19_950);
      process(harness, "f");
      assertThat(stars.encoded).as("a").isEqualTo(7 + 1);

      harness.clock(20_000);
      harness.snapshot();
      assertThat(stars.encoded).as("f").isEqualTo(8 + 1);
      assertThat(accumulator(stars, "stars-keys")).isEqualTo(6);
      assertThat(accumulator(stars, "stars-bytes")).isEqualTo(4 + 1 + 1 + 1 + 1 + 2);
    }
  }

  @Test
  void accessesStopWritingBackWhereTheNextCheckpointIsLongOverdue() throws Exception {
    Stars stars = new Stars(100);
    try (var harness = open(stars, null, 1, 0)) {
      harness.clock(10_000);
      harness.snapshot();
      process(harness, "a");
      harness.clock(21_001);
      process(harness, "b");

      assertThat(stars.encoded).isZero();
    }
  }

  @Test
  void unchangedValueIsNotWrittenBack() throws Exception {
    Stars stars = new Stars(2);
    try (var harness = open(stars, null, 1, 0)) {
      process(harness, "a");
      harness.snapshot();
      assertThat(stars.encoded).isEqualTo(1);

      process(harness, "a?", "b?", "c?", "d?");
      harness.snapshot();

      assertThat(stars.encoded).isEqualTo(1);
    }
  }

  @Test
  void countsKeysAndBytesOfWhatItWrote() throws Exception {
    Stars stars = new Stars(2);
    OperatorSubtaskState state;
    try (var harness = open(stars, null, 1, 0)) {
      process(harness, "a", "a", "b", "c", "d", "d", "d", "e?");
      state = harness.snapshot();

      assertThat(accumulator(stars, "stars-keys")).isEqualTo(4);
      assertThat(accumulator(stars, "stars-bytes")).isEqualTo(2 + 1 + 1 + 3);
    }
    Stars restored = new Stars(2);
    try (var harness = open(restored, state, 1, 0)) {
      process(harness, "a", "f");
      harness.snapshot();

      assertThat(accumulator(restored, "stars-keys")).as("first written since").isEqualTo(1);
      assertThat(accumulator(restored, "stars-bytes")).isEqualTo(1 + 1);
    }
  }

  @Test
  void holdsWhatAPlainMapHoldsThroughRestoresAtAnyCapacity() throws Exception {
    for (int capacity : List.of(1, 2, 7, 100)) {
      Random random = new Random(capacity);
      Map<String, String> expected = new HashMap<>();
      var harness = open(new Stars(capacity), null, 1, 0);
      for (int i = 0; i < 2_000; i++) {
        String key = "k" + random.nextInt(20);
        harness.clock(i * 100L);
        process(harness, key);
        String value = expected.merge(key, "*", String::concat);
        assertThat(harness.take()).containsExactly(key + value);
        if (random.nextInt(50) == 0) {
          OperatorSubtaskState state = harness.snapshot();
          if (random.nextBoolean()) {
            harness.close();
            harness = open(new Stars(capacity), state, 1, 0);
          }
        }
      }
      harness.close();
    }
  }

  @Test
  void emptyValueLeavesNothingInState() throws Exception {
    Stars stars = new Stars(1);
    try (var harness = open(stars, null, 1, 0)) {
      process(harness, "a", "b", "a!", "b", "c!");
      harness.snapshot();

      assertThat(harness.stateEntries()).isEqualTo(1);
      assertThat(accumulator(stars, "stars-keys")).isEqualTo(1);
      assertThat(accumulator(stars, "stars-bytes")).isEqualTo(2);
      harness.take();
      process(harness, "a", "b");
      assertThat(harness.take()).containsExactly("a*", "b***");
    }
  }

  @Test
  void keysGoToTheSubtasksThatOwnThem() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(new Stars(3), null, 1, 0)) {
      for (int i = 0; i < 30; i++) {
        process(harness, "k" + i);
      }
      state = harness.snapshot();
    }
    int found = 0;
    for (int subtask = 0; subtask < 3; subtask++) {
      try (var harness = open(new Stars(3), state, 3, subtask)) {
        found += harness.stateEntries();
      }
    }
    assertThat(found).isEqualTo(30);
  }
}
