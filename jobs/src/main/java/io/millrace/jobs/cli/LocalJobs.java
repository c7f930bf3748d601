package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import io.millrace.jobs.fraud.FraudJob;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.profile.ProfileJob;
import io.millrace.jobs.recommend.RecommendJob;
import io.millrace.operators.fraud.FraudTopology;
import io.millrace.operators.profile.ProfileTopology;
import io.millrace.operators.recommend.RecommendTopology;
import java.util.List;

/** The jobs that {@code up} and {@code demo} run. */
final class LocalJobs {
  static final List<LocalJob> ALL =
      List.of(
          new LocalJob(RecommendTopology.JOB, RecommendJob::define),
          new LocalJob(ProfileTopology.JOB, ProfileJob::define),
          new LocalJob(FraudTopology.JOB, FraudJob::define));

  private LocalJobs() {}

  /**
   * The names that an option {@code --jobs} asks for.
   *
   * @param asked null for all there are
   * @throws Failure if there is no such job
   */
  static List<String> names(List<String> asked) {
    List<String> known = ALL.stream().map(LocalJob::name).toList();
    if (asked == null) {
      return known;
    }
    for (String name : asked) {
      if (!known.contains(name)) {
        throw Failure.usage("--jobs: there is no job '" + name + "'; there are " + known);
      }
    }
    return asked;
  }
}
