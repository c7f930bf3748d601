package io.millrace.jobs.local;

import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that the engine needs, and how each is laid out where there is none yet. */
public final class EngineTopics {
  /** Largest message a topic takes, in bytes: what is too large for an event must still arrive. */
  static final int MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

  /** Every topic of the contract that exists so far. */
  static final List<Layout> ALL =
      List.of(
          new Layout(Topics.CLICKSTREAM, 4, false),
          new Layout(Topics.ORDERS, 4, false),
          new Layout(Topics.CATALOG, 4, true),
          new Layout(Topics.CONTROLS, 1, true),
          new Layout(Topics.FRAUD_RULES, 1, true),
          new Layout(Topics.FRAUD_LABELS, 4, false),
          new Layout(Topics.ERASURES, 1, false),
          new Layout(Topics.ORDER_RISK, 4, false),
          new Layout(Topics.FRAUD_ALERTS, 4, false),
          new Layout(Topics.ERASURE_RECEIPTS, 1, false),
          new Layout(Topics.MODELS, 1, true),
          new Layout(Topics.DEAD_LETTERS, 1, false));

  private EngineTopics() {}

  /**
   * One topic.
   *
   * @param compacted whether it keeps the newest message of each key
   */
  record Layout(String name, int partitions, boolean compacted) {
    private NewTopic newTopic() {
      // -1: the replication the cluster has as its default.
      return new NewTopic(name, partitions, (short) -1)
          .configs(
              Map.of(
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                  String.valueOf(MAX_MESSAGE_BYTES),
                  TopicConfig.CLEANUP_POLICY_CONFIG,
                  compacted
                      ? TopicConfig.CLEANUP_POLICY_COMPACT
                      : TopicConfig.CLEANUP_POLICY_DELETE));
    }
  }

  /**
   * Creates the topics that are missing; those that exist stay as they are.
   *
   * @throws Failure if the cluster refuses
   */
  static void createMissing(Admin admin, Duration limit) {
    try {
      Set<String> existing =
          admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      List<NewTopic> missing =
          ALL.stream()
              .filter(layout -> !existing.contains(layout.name()))
              .map(Layout::newTopic)
              .toList();
      admin.createTopics(missing).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw refused(e.getCause());
      }
    } catch (TimeoutException e) {
      throw refused(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(e);
    }
  }

  private static Failure refused(Throwable cause) {
    return Failure.failed(
        "Kafka did not create the topics ("
            + cause.getMessage()
            + "); create them by hand or allow it: "
            + String.join(", ", ALL.stream().map(Layout::name).toList()),
        cause);
  }
}
