package io.millrace.jobs.cli;

import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.recommend.RecommendJob;
import java.util.List;

/** The jobs that {@code up} and {@code demo} run. */
final class LocalJobs {
  static final List<LocalJob> ALL = List.of(new LocalJob("recommend", RecommendJob::define));

  private LocalJobs() {}
}
