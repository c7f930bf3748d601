package io.millrace.jobs.bench;

import io.millrace.jobs.bench.VisitorValues.Wanted;
import java.util.List;

/** What a job makes of events, as far as it can be read. */
interface Answers {
  /** Those of the wanted answers that cannot be read yet, in their order. */
  List<Wanted> missing(List<Wanted> wanted);
}
