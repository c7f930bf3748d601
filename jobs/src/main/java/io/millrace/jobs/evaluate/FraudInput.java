package io.millrace.jobs.evaluate;

import io.millrace.features.event.FraudRule;
import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.HandbookOrders;
import io.millrace.jobs.replay.HandbookPayments;
import io.millrace.jobs.replay.LabelledOrders;
import io.millrace.jobs.replay.LabelledRecording;
import io.millrace.jobs.replay.ShopOrders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The orders of an evaluation and their labels, and what a run gives. Kept once in a JVM while it
 * is used, because source and end of the job both need it.
 */
final class FraudInput {
  private static final Map<FraudSet, FraudInput> LOADED = new ConcurrentHashMap<>();

  /** Of purchases of new accounts, one in so many goes ahead of those that are scored. */
  private static final int TRAINED = 10;

  private final LabelledOrders orders;
  private final List<FraudRule> rules;
  private final int from;
  private final int testFrom;
  private final int until;
  private final LabelledRecording recording;
  private volatile FraudRun run;

  private FraudInput(FraudSet set, FraudProtocol protocol, List<FraudRule> rules) {
    this.rules = rules;
    orders = read(set);
    from = protocol.from() == null ? 0 : firstFrom(FraudProtocol.start(protocol.from()));
    if (set.kind() == FraudSet.Kind.HANDBOOK) {
      testFrom = firstFrom(FraudProtocol.start(protocol.testFrom()));
      until = firstFrom(FraudProtocol.start(protocol.testFrom().plusDays(protocol.testDays())));
    } else {
      testFrom = from + (orders.size() - from) / TRAINED;
      until = orders.size();
    }
    if (from >= testFrom || testFrom >= until) {
      throw Failure.usage(
          set.orders()
              + " has no orders before "
              + protocol.testFrom()
              + " or none on the "
              + protocol.testDays()
              + " days from it on; give others by --test-from and --test-days");
    }
    recording = new LabelledRecording(orders, Duration.ofDays(protocol.delayDays()), from, until);
  }

  private static LabelledOrders read(FraudSet set) {
    Path file = Path.of(set.orders());
    if (set.kind() == FraudSet.Kind.ECOMMERCE) {
      return ShopOrders.read(file);
    }
    return HandbookOrders.of(HandbookPayments.read(file), file);
  }

  /**
   * Loads the input of a set.
   *
   * @param rules that go ahead of the orders
   */
  static FraudInput load(FraudSet set, FraudProtocol protocol, List<FraudRule> rules) {
    FraudInput input = new FraudInput(set, protocol, rules);
    LOADED.put(set, input);
    return input;
  }

  /** What is loaded of a set. */
  static FraudInput of(FraudSet set) {
    return LOADED.get(set);
  }

  /** Lets the memory go. */
  static void forget(FraudSet set) {
    LOADED.remove(set);
  }

  private int firstFrom(long time) {
    int i = 0;
    while (i < orders.size() && orders.time(i) < time) {
      i++;
    }
    return i;
  }

  /** All orders of the file. */
  LabelledOrders orders() {
    return orders;
  }

  /** Rules that go ahead of the orders. */
  List<FraudRule> rules() {
    return rules;
  }

  /** The first order by time that is sent. */
  int from() {
    return from;
  }

  /** The first order by time whose score is asked for. */
  int testFrom() {
    return testFrom;
  }

  /** The first order by time that is not sent. */
  int until() {
    return until;
  }

  /** What is sent. */
  LabelledRecording recording() {
    return recording;
  }

  /** Prepares a run. */
  FraudRun begin() {
    run = new FraudRun(orders.time(testFrom), orders.time(until - 1));
    return run;
  }

  /** The run that has begun. */
  FraudRun run() {
    return run;
  }
}
