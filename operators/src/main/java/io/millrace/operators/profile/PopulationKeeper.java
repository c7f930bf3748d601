package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.features.profile.Standing.By;
import io.millrace.features.sketch.Population;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * By what visitors are compared by: counts where they stand, and tells what divides them into
 * fifths whenever that changes, at most once an interval.
 */
final class PopulationKeeper extends AbstractStreamOperator<PopulationCuts>
    implements OneInputStreamOperator<PopulationChange, PopulationCuts> {
  private final Duration interval;

  private transient WriteBackCache<Population> populations;
  private transient Set<By> changed;
  private transient Map<By, int[]> told;

  PopulationKeeper(Duration interval) {
    this.interval = interval;
  }

  static String key(PopulationChange change) {
    return change.by().name();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    populations =
        new WriteBackCache<>(
            "populations", new Codec(), Standing.size(), WriteBackCache.FOREVER, this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    changed = EnumSet.noneOf(By.class);
    told = new EnumMap<>(By.class);
    Ticker.start(this, interval.toMillis(), this::tell);
  }

  @Override
  public void processElement(StreamRecord<PopulationChange> element) throws Exception {
    PopulationChange change = element.getValue();
    WriteBackCache.Entry<Population> entry = populations.get(key(change));
    entry.value().add(change.bucket(), change.count());
    entry.markChanged();
    changed.add(change.by());
  }

  private void tell() throws IOException {
    for (By by : changed) {
      setCurrentKey(by.name());
      int[] cuts = populations.get(by.name()).value().cuts(Standing.PARTS);
      if (!Arrays.equals(cuts, told.put(by, cuts))) {
        output.collect(new StreamRecord<>(new PopulationCuts(by, cuts)));
      }
    }
    changed.clear();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    tell();
    populations.flush();
  }

  @Override
  public void finish() throws Exception {
    tell();
    populations.flush();
    super.finish();
  }

  private static final class Codec implements StateCodec<Population> {
    @Override
    public Population empty() {
      return new Population();
    }

    @Override
    public Population decode(byte[] bytes) {
      return Population.ofBytes(bytes);
    }

    @Override
    public byte[] encode(Population value) {
      return value.buckets() == 0 ? null : value.toBytes();
    }
  }
}
