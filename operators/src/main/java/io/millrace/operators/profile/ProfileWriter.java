package io.millrace.operators.profile;

import io.millrace.features.decision.ProfileJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.Version;
import io.millrace.features.profile.Standing;
import io.millrace.features.profile.Standing.By;
import io.millrace.features.sketch.Population;
import io.millrace.operators.redis.RedisWrite;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds to a profile in which fifth of the population its visitor stands, as the population divides
 * now, and hands it to Redis. The second input, broadcast, says how that is; all subtasks know the
 * same, so one writes it to the state and all restore it.
 */
final class ProfileWriter extends AbstractStreamOperator<RedisWrite>
    implements TwoInputStreamOperator<ProfileDraft, PopulationCuts, RedisWrite> {
  private final int epoch;

  private transient Map<By, int[]> cuts;
  private transient ListState<PopulationCuts> state;
  private transient StreamRecord<RedisWrite> record;

  /**
   * @param epoch of the versions
   */
  ProfileWriter(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    cuts = new EnumMap<>(By.class);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("population-cuts", PopulationCuts.TYPE.serializer()));
    for (PopulationCuts known : state.get()) {
      cuts.put(known.by(), known.cuts());
    }
    record = new StreamRecord<>(null);
  }

  @Override
  public void processElement1(StreamRecord<ProfileDraft> element) {
    ProfileDraft draft = element.getValue();
    String key = RedisKeys.profile(draft.visitor());
    RedisWrite write =
        draft.isGone()
            ? RedisWrite.tombstone(key, Version.of(epoch, draft.time()), draft.origin())
            : RedisWrite.set(key, complete(draft), RedisKeys.PROFILE_TTL, draft.origin());
    output.collect(record.replace(write));
  }

  private byte[] complete(ProfileDraft draft) {
    Map<String, Integer> quintiles = new LinkedHashMap<>();
    cuts.forEach(
        (by, cuts) -> {
          int bucket = draft.standing()[by.ordinal()];
          if (bucket != Standing.NONE && cuts.length > 0) {
            quintiles.put(by.quintile(), Population.part(bucket, cuts));
          }
        });
    return ProfileJson.withMore(draft.json(), quintiles);
  }

  @Override
  public void processElement2(StreamRecord<PopulationCuts> element) {
    cuts.put(element.getValue().by(), element.getValue().cuts());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<PopulationCuts> known = new ArrayList<>();
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      cuts.forEach((by, cuts) -> known.add(new PopulationCuts(by, cuts)));
    }
    state.update(known);
  }
}
