package io.millrace.operators.fraud;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.fraud.Calibration;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudModel;
import io.millrace.features.fraud.FtrlLearner;
import io.millrace.features.fraud.FtrlSettings;
import io.millrace.features.fraud.Lesson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One for the job: learns from lessons in the order of their times, and publishes a version of the
 * weights after every so many, or when so much event time has passed. The second input tells which
 * versions were published before, so that one that starts without state numbers on from them.
 *
 * <p>Each lesson is judged before it is learned: whether probabilities are what they say shows over
 * all payments so far.
 *
 * <p>Metrics: {@code lessons_learned}, {@code lessons_corrected}, {@code
 * lessons_of_other_features}, {@code lessons_waiting}, {@code published_version}, {@code
 * calibration_error}, {@code frauds_over_expected}.
 */
final class FraudLearner extends AbstractStreamOperator<ModelSnapshot>
    implements TwoInputStreamOperator<DueLesson, ModelSnapshot, ModelSnapshot> {
  private final PlanSupplier plan;
  private final int publishEvery;
  private final long publishMillis;

  private transient FraudDeclaration declaration;
  private transient FtrlLearner learner;
  private transient PriorityQueue<DueLesson> waiting;
  private transient Calibration calibration;
  private transient ListState<byte[]> learned;
  private transient ListState<byte[]> calibrated;
  private transient ListState<Long> storedUnpublished;
  private transient ListState<DueLesson> stored;
  private transient long unpublished;

  /** When the first lesson was due that is not in a published version. */
  private transient long unpublishedSince;

  private transient Counter lessons;
  private transient Counter corrections;
  private transient Counter ofOthers;
  private transient volatile long version;

  /**
   * @param publishEvery lessons after which a version is published
   * @param publishAfter event time after which one is published if there was a lesson
   */
  FraudLearner(PlanSupplier plan, int publishEvery, Duration publishAfter) {
    this.plan = plan;
    this.publishEvery = publishEvery;
    this.publishMillis = publishAfter.toMillis();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    declaration = plan.get().declaration();
    learner = new FtrlLearner(declaration, FtrlSettings.DEFAULT);
    waiting = new PriorityQueue<>(DueLesson.ORDER);
    learned =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("fraud-learned", BytePrimitiveArraySerializer.INSTANCE));
    calibration = new Calibration();
    calibrated =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "fraud-calibration", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] bytes : calibrated.get()) {
      calibration = Calibration.ofBytes(bytes);
    }
    storedUnpublished =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("fraud-unpublished", LongSerializer.INSTANCE));
    Iterator<Long> counted = storedUnpublished.get().iterator();
    if (counted.hasNext()) {
      unpublished = counted.next();
      unpublishedSince = counted.next();
    }
    stored =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("fraud-lessons", DueLesson.TYPE.serializer()));
    for (byte[] bytes : learned.get()) {
      learner = FtrlLearner.ofBytes(bytes, declaration, FtrlSettings.DEFAULT);
    }
    stored.get().forEach(waiting::add);
    version = learner.version();
  }

  @Override
  public void open() throws Exception {
    super.open();
    lessons = getMetricGroup().counter("lessons_learned");
    corrections = getMetricGroup().counter("lessons_corrected");
    ofOthers = getMetricGroup().counter("lessons_of_other_features");
    getMetricGroup().gauge("lessons_waiting", () -> waiting.size());
    getMetricGroup().gauge("published_version", () -> version);
    getMetricGroup().gauge("calibration_error", () -> calibration.expectedError());
    getMetricGroup().gauge("frauds_over_expected", () -> calibration.observedOverExpected());
  }

  @Override
  public void processElement1(StreamRecord<DueLesson> element) {
    DueLesson lesson = element.getValue();
    if (lesson.fingerprint() == DueLesson.fingerprint(declaration)) {
      waiting.add(lesson);
    } else {
      ofOthers.inc();
    }
  }

  @Override
  public void processElement2(StreamRecord<ModelSnapshot> element) {
    ModelSnapshot snapshot = element.getValue();
    if (snapshot.modelId().equals(FraudModel.id(declaration)) && learner.hear(snapshot.version())) {
      version = learner.version();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    learnUpTo(mark.getTimestamp());
    super.processWatermark(mark);
  }

  private void learnUpTo(long time) {
    while (!waiting.isEmpty() && waiting.peek().due() <= time) {
      DueLesson lesson = waiting.poll();
      publishIfOld(lesson.due());
      if (unpublished == 0) {
        unpublishedSince = lesson.due();
      }
      judge(lesson.lesson());
      learner.learn(lesson.lesson());
      (lesson.lesson().correction() ? corrections : lessons).inc();
      unpublished++;
      if (unpublished >= publishEvery) {
        publish();
      }
    }
    publishIfOld(time);
  }

  /** Corrections aside, which tell of a payment that was judged before. */
  private void judge(Lesson lesson) {
    if (!lesson.correction()) {
      calibration.add(learner.probability(lesson.active()), lesson.fraud());
    }
  }

  private void publishIfOld(long time) {
    if (unpublished > 0 && time - unpublishedSince >= publishMillis) {
      publish();
    }
  }

  private void publish() {
    output.collect(new StreamRecord<>(learner.publish().snapshot()));
    version = learner.version();
    unpublished = 0;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    learned.update(List.of(learner.toBytes()));
    storedUnpublished.update(List.of(unpublished, unpublishedSince));
    calibrated.update(List.of(calibration.toBytes()));
    stored.update(new ArrayList<>(waiting));
  }

  @Override
  public void finish() throws Exception {
    learnUpTo(Long.MAX_VALUE);
    if (unpublished > 0) {
      publish();
    }
    super.finish();
  }
}
