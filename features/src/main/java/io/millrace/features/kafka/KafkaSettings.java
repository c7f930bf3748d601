package io.millrace.features.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * Where Kafka is and how to talk to it. The extra properties, which may hold secrets, never appear
 * in {@link #toString()}.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param groupId consumer group; offsets are committed to it for lag monitors only, a job resumes
 *     from its checkpoint
 * @param properties further properties of all Kafka clients, such as {@code security.protocol}
 */
public record KafkaSettings(String bootstrapServers, String groupId, Map<String, String> properties)
    implements Serializable {

  public KafkaSettings {
    requireText("bootstrap servers", bootstrapServers, "host:port");
    requireText("consumer group", groupId, "a name such as millrace-recommend");
    properties = Map.copyOf(properties);
  }

  /** Servers that need neither login nor TLS. */
  public static KafkaSettings of(String bootstrapServers, String groupId) {
    return new KafkaSettings(bootstrapServers, groupId, Map.of());
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
