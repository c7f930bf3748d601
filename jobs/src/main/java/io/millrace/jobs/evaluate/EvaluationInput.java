package io.millrace.jobs.evaluate;

import io.millrace.features.event.Click;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.features.ranking.RankingModel;
import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.ClickLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The input of one evaluation as one sequence of events: the clicks to learn from, a pause, then
 * the clicks to predict, all in event-time order and with their sessions named. Kept once in a JVM
 * while it is used, because the source and every scorer read it.
 */
final class EvaluationInput {
  /** Between the two parts, so that all of the first has been told before the second begins. */
  private static final long PAUSE_MS = 2 * 3_600_000L;

  /** Enough probes for every subtask of the postings to get one, most likely. */
  private static final int PROBES = 32;

  /** The ranking is learned from the last of the train clicks. */
  private static final double RANKING_SHARE = 0.1;

  private static final String PROBE = "probe-";
  private static final long DRAIN_LIMIT_MINUTES = 5;
  private static final Map<ClickSet, EvaluationInput> LOADED = new ConcurrentHashMap<>();

  private final ClickLog train;
  private final ClickLog test;
  private final long[] trainTimes;
  private final long[] testTimes;
  private final Map<String, String> next = new HashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, String> nextByPosition = new HashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile ModelSnapshot ranking =
      new RankingLearner().publish(RankingModel.DEFAULT_SEGMENT).snapshot();
  private volatile CountDownLatch probesUnanswered = new CountDownLatch(PROBES);

  private EvaluationInput(ClickSet set) {
    train = ClickLog.read(Path.of(set.train()), set.layout());
    test = ClickLog.read(Path.of(set.test()), set.layout());
    trainTimes = distinctTimes(train, 0);
    long end = trainTimes[trainTimes.length - 1];
    testTimes = distinctTimes(test, Math.max(0, end + PAUSE_MS - test.time(0)));
    pairWithNext();
  }

  /** Loads the input of a set, or gives what is loaded. */
  static EvaluationInput of(ClickSet set) {
    return LOADED.computeIfAbsent(set, EvaluationInput::new);
  }

  /** Lets the memory go. */
  static void forget(ClickSet set) {
    LOADED.remove(set);
  }

  /** Times as given, moved; clicks of one session never share a millisecond. */
  private static long[] distinctTimes(ClickLog log, long shift) {
    long[] times = new long[log.size()];
    long[] newest = new long[log.sessionCount()];
    long clock = Long.MIN_VALUE;
    for (int i = 0; i < times.length; i++) {
      int session = log.sessionNumber(i);
      // The whole stream stays in order: a moved click moves those behind it too.
      clock = Math.max(clock, Math.max(log.time(i) + shift, newest[session] + 1));
      newest[session] = clock;
      times[i] = clock;
    }
    return times;
  }

  private void pairWithNext() {
    int[] last = new int[test.sessionCount()];
    int[] count = new int[test.sessionCount()];
    Arrays.fill(last, -1);
    for (int i = 0; i < test.size(); i++) {
      int session = test.sessionNumber(i);
      if (last[session] >= 0) {
        String asked = key(testVisitor(last[session]), testTimes[last[session]]);
        next.put(asked, test.item(i));
        positions.put(asked, count[session] - 1);
        nextByPosition.put(test.session(i) + '@' + (count[session] - 1), test.item(i));
      }
      last[session] = i;
      count[session]++;
    }
  }

  private String testVisitor(int i) {
    return "test-" + test.session(i);
  }

  private static String key(String visitor, long time) {
    return visitor + '@' + time;
  }

  /** Events in all. */
  long size() {
    return (long) train.size() + PROBES + test.size();
  }

  /** Whether the event of that number is one to predict from. */
  boolean isTest(long number) {
    return number >= train.size() + PROBES;
  }

  /** The event of that number, from 0. */
  Click event(long number) {
    sent.set(number + 1);
    if (number < train.size()) {
      int i = (int) number;
      return Click.view(
          Long.toString(number), trainTimes[i], "train-" + train.session(i), train.item(i), "s");
    }
    if (!isTest(number)) {
      return probe((int) (number - train.size()));
    }
    int i = (int) (number - train.size() - PROBES);
    return Click.view(Long.toString(number), testTimes[i], testVisitor(i), test.item(i), "s");
  }

  /** A click on an item that nobody knows: it moves time on, teaches nothing and is answered. */
  private Click probe(int i) {
    return Click.view(PROBE + i, askFrom() + i, PROBE + i, PROBE + i);
  }

  /** Whether a list answers a probe; if so, it is counted. */
  boolean takeProbe(String visitor) {
    if (!visitor.startsWith(PROBE)) {
      return false;
    }
    probesUnanswered.countDown();
    return true;
  }

  /** Waits until the job has done all the train clicks, that is, has answered the probes. */
  void awaitTrained() {
    try {
      if (!probesUnanswered.await(DRAIN_LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw Failure.failed(
            "the job did not finish the train clicks within " + DRAIN_LIMIT_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("the evaluation was interrupted", e);
    }
  }

  /** Event time of the first of the last train clicks, from which the ranking is learned. */
  long rankFrom() {
    return trainTimes[(int) (trainTimes.length * (1 - RANKING_SHARE))];
  }

  /** A version of the ranking was learned from the train clicks. */
  void learned(ModelSnapshot version) {
    ranking = version;
  }

  /** The newest version learned; with none, one that ranks as the neighbours do. */
  ModelSnapshot ranking() {
    return ranking;
  }

  /** Event time of the first probe. */
  long askFrom() {
    return learnBefore() - PAUSE_MS / 2;
  }

  /** Event time of the first event to predict from. */
  long learnBefore() {
    return testTimes[0];
  }

  /** What the visitor clicked after the click of that time, null if it was its last. */
  String next(String visitor, long time) {
    return next.get(key(visitor, time));
  }

  /** The place of that click in its session, from 0. */
  int position(String visitor, long time) {
    return positions.get(key(visitor, time));
  }

  /** What was clicked next, by {@code session@place}. */
  Map<String, String> nextByPosition() {
    return nextByPosition;
  }

  /** The session of a test visitor, as its file names it. */
  static String session(String visitor) {
    return visitor.substring("test-".length());
  }

  /** How many predictions there are to make. */
  int predictions() {
    return next.size();
  }

  /** Events given out by the newest run. */
  long sent() {
    return sent.get();
  }

  void restart() {
    sent.set(0);
    probesUnanswered = new CountDownLatch(PROBES);
  }
}
