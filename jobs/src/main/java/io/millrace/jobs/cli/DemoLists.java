package io.millrace.jobs.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.RedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.RedisClient;

/** What the demo reads from Redis: a visitor's list as it is stored. */
final class DemoLists implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final RedisClient redis;
  private final String prefix;

  DemoLists(RedisSettings settings) {
    this.redis = RedisConnection.open(settings);
    this.prefix = settings.keyPrefix();
  }

  /**
   * One item of a list and why it is there.
   *
   * @param reasonItem the item the reason speaks of, or null
   * @param count sessions or orders that hold both
   * @param of of so many
   */
  record Entry(String itemId, String reason, String reasonItem, int count, int of) {}

  /** Values stored, of all kinds. */
  long valueCount() {
    return redis.dbSize();
  }

  /** How many of these visitors have a list. */
  long countPresent(List<String> visitors) {
    if (visitors.isEmpty()) {
      return 0;
    }
    String[] keys = visitors.stream().map(this::key).toArray(String[]::new);
    return redis.exists(keys);
  }

  /** The visitor's list; empty if there is none. */
  List<Entry> recommendations(String visitor) {
    String json = redis.get(key(visitor));
    List<Entry> entries = new ArrayList<>();
    if (json == null) {
      return entries;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean items = "items".equals(parser.currentName());
        if (parser.nextToken() == JsonToken.START_ARRAY && items) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            entries.add(entry(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the list of " + visitor + " is no JSON", e);
    }
    return entries;
  }

  private String key(String visitor) {
    return prefix + RedisKeys.rec(visitor);
  }

  /** Reads one item; what is nested belongs to its reason. */
  private static Entry entry(JsonParser parser) throws IOException {
    String item = "";
    String reason = "";
    String reasonItem = null;
    int count = 0;
    int of = 0;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token.isScalarValue()) {
        switch (parser.currentName()) {
          case "item_id" -> {
            if (depth == 1) {
              item = parser.getText();
            } else {
              reasonItem = parser.getText();
            }
          }
          case "type" -> reason = parser.getText();
          case "sessions", "orders" -> count = parser.getValueAsInt();
          case "of" -> of = parser.getValueAsInt();
          default -> parser.skipChildren();
        }
      }
    }
    return new Entry(item, reason, reasonItem, count, of);
  }

  @Override
  public void close() {
    redis.close();
  }
}
