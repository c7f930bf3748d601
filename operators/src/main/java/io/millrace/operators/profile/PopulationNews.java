package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.features.profile.Standing.By;
import io.millrace.features.profile.VisitorProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Who came into a bucket of the population or left it, added up until it is told. */
final class PopulationNews {
  private final Output<StreamRecord<ProfileDraft>> output;
  private final List<Map<Integer, Long>> changes = new ArrayList<>();

  PopulationNews(Output<StreamRecord<ProfileDraft>> output) {
    this.output = output;
    for (int i = 0; i < Standing.size(); i++) {
      changes.add(new HashMap<>());
    }
  }

  /** Whether a visitor stands where it did not before. */
  boolean stand(VisitorProfile profile, int[] standing) {
    return profile.stand(
        standing,
        (by, bucket, count) -> changes.get(by.ordinal()).merge(bucket, (long) count, Long::sum));
  }

  /** A visitor belongs to the population no more. */
  void leave(VisitorProfile profile) {
    stand(profile, Standing.none());
  }

  /** Tells the population. */
  void tell() {
    for (By by : By.values()) {
      Map<Integer, Long> ofBy = changes.get(by.ordinal());
      ofBy.forEach(
          (bucket, count) -> {
            if (count != 0) {
              PopulationChange change = new PopulationChange(by, bucket, count);
              output.collect(VisitorProfiles.POPULATION, new StreamRecord<>(change));
            }
          });
      ofBy.clear();
    }
  }
}
