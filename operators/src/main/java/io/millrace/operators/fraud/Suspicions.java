package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.operators.types.FlatTypeInfo;
import org.apache.flink.util.OutputTag;

/** How suspicions leave whoever has them. */
final class Suspicions {
  static final FlatTypeInfo<Suspicion> TYPE =
      new FlatTypeInfo<>(Suspicion.class, new SuspicionSerializer());

  static final OutputTag<Suspicion> TAG = new OutputTag<>("suspicions", TYPE);

  private Suspicions() {}
}
