package io.millrace.jobs.bench;

import io.millrace.jobs.evaluate.Delays;
import io.millrace.jobs.evaluate.Figure;
import io.millrace.operators.profile.ProfileTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a bench of profiles has measured so far, and the table of it. */
final class ProfileReport {
  private static final String JOB = ProfileTopology.JOB;
  private static final String LOOP = "algebra alone, one thread";
  private static final double MUST_OF_HUNDRED = 4;

  Throughput loop;
  Throughput job;
  Pace pace;
  Delays delays;
  List<StateSize> states = List.of();

  /** Events that are retained of a visitor, and the bytes of one of whom there are so many. */
  int retained;

  int fullProfile;

  /** The job going through all events again. */
  Throughput again;

  /** The same with a hundred features. */
  Throughput hundred;

  /** With the state read and written at every event. */
  FeatureCost.Micros stored;

  /** With the state on the heap. */
  FeatureCost.Micros onHeap;

  private final String set;
  private final SpeedFigures speed;

  /**
   * @param set what the events are called
   */
  ProfileReport(String set) {
    this.set = set;
    this.speed = new SpeedFigures(set, "events");
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        speed.rate(SpeedFigures.SATURATED, JOB, job).beside(Map.of(LOOP, loop.perSecond())));
    figures.addAll(speed.cpu(JOB, job));
    figures.add(speed.jvm(SpeedFigures.SATURATED, LOOP, loop));
    figures.addAll(speed.delays(JOB, pace.rate(), delays, false));
    state(figures);
    again(figures);
    cost("state as bytes", stored, figures);
    cost("state on the heap", onHeap, figures);
    return figures;
  }

  private void state(List<Figure> figures) {
    for (StateSize state : states) {
      figures.add(state.figure(set, JOB));
    }
    String metric = String.format(Locale.ROOT, "bytes of a profile with %,d events", retained);
    figures.add(Figure.plain(set, "state", JOB, metric, fullProfile, false));
  }

  private void again(List<Figure> figures) {
    String protocol = "all events again";
    String features = HundredFeatures.SIZE + " features";
    String shipped = "as shipped";
    figures.add(speed.rate(protocol, features, hundred).beside(Map.of(shipped, again.perSecond())));
    figures.add(
        speed
            .jvm(protocol, features, hundred)
            .beside(Map.of(shipped, again.perMillion(again.times().jvm()))));
  }

  private static void cost(String protocol, FeatureCost.Micros cost, List<Figure> figures) {
    String payments = "made-up payments";
    for (Map.Entry<Integer, Double> of :
        List.of(Map.entry(FeatureCost.FEW, cost.few()), Map.entry(FeatureCost.MANY, cost.many()))) {
      figures.add(
          Figure.plain(
              payments, protocol, of.getKey() + " features", "µs an event", of.getValue(), false));
    }
    figures.add(
        Figure.plain(payments, protocol, "100 over 10", "times the cost", cost.ratio(), false)
            .asking(MUST_OF_HUNDRED, null));
  }
}
