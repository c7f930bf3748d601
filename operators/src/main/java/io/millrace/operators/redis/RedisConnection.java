package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to a single Redis server, with the script loaded. One thread uses it; {@link
 * #abort()} and {@link #stalledFor()} may come from any.
 */
final class RedisConnection {
  private final Connection connection;
  private final String prefix;
  private final byte[] scriptSha;
  private volatile long progressAt;

  private RedisConnection(Connection connection, String prefix, byte[] scriptSha) {
    this.connection = connection;
    this.prefix = prefix;
    this.scriptSha = scriptSha;
  }

  /** Connects, logs in and loads the script. */
  static RedisConnection open(RedisSettings settings) {
    Connection connection =
        new Connection(new HostAndPort(settings.host(), settings.port()), config(settings));
    try {
      connection.sendCommand(Protocol.Command.SCRIPT, "LOAD", VersionedWrites.SCRIPT);
      byte[] sha = connection.getBinaryBulkReply();
      return new RedisConnection(connection, settings.keyPrefix(), sha);
    } catch (RuntimeException e) {
      closeNow(connection);
      throw e;
    }
  }

  private static DefaultJedisClientConfig config(RedisSettings settings) {
    int timeout = Math.toIntExact(settings.timeout().toMillis());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .connectionTimeoutMillis(timeout)
            .socketTimeoutMillis(timeout)
            .database(settings.database())
            .user(settings.user())
            .password(settings.password())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (settings.tls()) {
      config.sslOptions(SslOptions.defaults());
    }
    return config.build();
  }

  /**
   * Sends a batch, some keys a call and all calls at once, and waits for the answers.
   *
   * @return an answer a write, in order: {@link VersionedWrites#APPLIED}, {@link
   *     VersionedWrites#FENCED}, or the WRONGTYPE error
   * @throws redis.clients.jedis.exceptions.JedisException if any write met another error; some of
   *     the batch may have been written then, and the connection is of no more use
   */
  Object[] write(List<RedisWrite> batch) {
    progressAt = System.nanoTime();
    int calls = 0;
    for (int from = 0; from < batch.size(); from += VersionedWrites.KEYS_PER_CALL) {
      int to = Math.min(batch.size(), from + VersionedWrites.KEYS_PER_CALL);
      connection.sendCommand(call(batch.subList(from, to)));
      progressAt = System.nanoTime();
      calls++;
    }
    Object[] answers = new Object[batch.size()];
    int filled = 0;
    for (int i = 0; i < calls; i++) {
      for (Object answer : (List<?>) connection.getOne()) {
        if (answer instanceof JedisDataException error
            && RedisFault.of(error) != RedisFault.WRONG_TYPE) {
          throw error;
        }
        answers[filled++] = answer;
      }
      progressAt = System.nanoTime();
    }
    return answers;
  }

  /**
   * How long the present {@link #write} has moved no byte. Reading has a timeout; writing to a
   * server that takes nothing does not, so somebody has to watch.
   */
  Duration stalledFor() {
    return Duration.ofNanos(System.nanoTime() - progressAt);
  }

  private CommandArguments call(List<RedisWrite> writes) {
    CommandArguments call = new CommandArguments(Protocol.Command.EVALSHA);
    call.add(scriptSha).add(ascii(writes.size()));
    for (RedisWrite write : writes) {
      call.add((prefix.isEmpty() ? write.key() : prefix + write.key()).getBytes(UTF_8));
    }
    for (RedisWrite write : writes) {
      call.add(write.value()).add(ascii(write.ttlMillis()));
    }
    return call;
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  /** Closes at once; whoever waits for an answer gets a connection error. */
  void abort() {
    closeNow(connection);
  }

  private static void closeNow(Connection connection) {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      // It was to be closed, and closed it is.
    }
  }
}
