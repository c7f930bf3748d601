package io.millrace.features.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Where Kafka is and how to talk to it. The extra properties, which may hold secrets, never appear
 * in {@link #toString()}.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param groupId consumer group; offsets are committed to it for lag monitors only, a job resumes
 *     from its checkpoint
 * @param start where a consumer without state begins to read
 * @param properties further properties of all Kafka clients, such as {@code security.protocol}
 */
public record KafkaSettings(
    String bootstrapServers, String groupId, Start start, Map<String, String> properties)
    implements Serializable {

  /** Where a consumer begins to read that has no state to go on from. */
  public enum Start {
    /** At the oldest message kept. */
    EARLIEST,
    /** At the messages that arrive from now on. */
    LATEST
  }

  public KafkaSettings {
    requireText("bootstrap servers", bootstrapServers, "host:port");
    Objects.requireNonNull(start, "start");
    requireText("consumer group", groupId, "a name such as millrace-recommend");
    properties = Map.copyOf(properties);
  }

  /** Servers that need neither login nor TLS, read from the oldest message on. */
  public static KafkaSettings of(String bootstrapServers, String groupId) {
    return new KafkaSettings(bootstrapServers, groupId, Start.EARLIEST, Map.of());
  }

  /** The same servers, read from elsewhere by a consumer without state. */
  public KafkaSettings startingAt(Start where) {
    return new KafkaSettings(bootstrapServers, groupId, where, properties);
  }

  /** The same servers for a further consumer of the same job, in a group of its own. */
  public KafkaSettings inGroupOf(String purpose) {
    return new KafkaSettings(bootstrapServers, groupId + "-" + purpose, start, properties);
  }

  /** The properties every client needs: servers and extras. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("bootstrap.servers", bootstrapServers);
    return all;
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", group " + groupId + "]";
  }

  private static void requireText(String name, String value, String remedy) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the Kafka " + name + " is empty; give " + remedy);
    }
  }
}
