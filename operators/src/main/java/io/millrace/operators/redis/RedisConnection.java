package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushConsumerChainImpl;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.IOUtils;
import redis.clients.jedis.util.RedisInputStream;
import redis.clients.jedis.util.RedisOutputStream;

/**
 * One connection to a single Redis server, with the script loaded. One thread uses it; {@link
 * #abort()} and {@link #stalledFor()} may come from any.
 *
 * <p>It stands on the socket and the protocol of Jedis, not on its {@code Connection}, whose output
 * buffer of 8 KB costs a system call for every few values.
 */
final class RedisConnection {
  private static final int OUTPUT_BUFFER_BYTES = 128 * 1024;
  private static final PushConsumerChain NO_PUSHES = PushConsumerChainImpl.of();
  private static final byte[] EVALSHA = Command.EVALSHA.getRaw();

  private final Socket socket;
  private final RedisOutputStream out;
  private final RedisInputStream in;
  private final String prefix;
  private byte[] scriptSha;
  private long lastTtl;
  private byte[] lastTtlText;
  private volatile long progressAt;

  private RedisConnection(Socket socket, String prefix) throws IOException {
    this.socket = socket;
    this.out = new RedisOutputStream(socket.getOutputStream(), OUTPUT_BUFFER_BYTES);
    this.in = new RedisInputStream(socket.getInputStream());
    this.prefix = prefix;
  }

  /**
   * Connects, logs in and loads the script.
   *
   * @throws JedisException if the server is away or refuses
   */
  static RedisConnection open(RedisSettings settings) {
    Socket socket =
        new DefaultJedisSocketFactory(
                new HostAndPort(settings.host(), settings.port()), config(settings))
            .createSocket();
    try {
      RedisConnection connection = new RedisConnection(socket, settings.keyPrefix());
      connection.logIn(settings);
      connection.scriptSha =
          (byte[]) connection.ask(Command.SCRIPT, "LOAD", VersionedWrites.SCRIPT);
      return connection;
    } catch (IOException e) {
      IOUtils.closeQuietly(socket);
      throw new JedisConnectionException(e);
    } catch (RuntimeException e) {
      IOUtils.closeQuietly(socket);
      throw e;
    }
  }

  private static DefaultJedisClientConfig config(RedisSettings settings) {
    int timeout = Math.toIntExact(settings.timeout().toMillis());
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(timeout)
        .socketTimeoutMillis(timeout)
        .sslOptions(settings.tls() ? SslOptions.defaults() : null)
        .build();
  }

  private void logIn(RedisSettings settings) throws IOException {
    if (settings.password() != null) {
      if (settings.user() != null) {
        ask(Command.AUTH, settings.user(), settings.password());
      } else {
        ask(Command.AUTH, settings.password());
      }
    }
    if (settings.database() != 0) {
      ask(Command.SELECT, Integer.toString(settings.database()));
    }
  }

  private Object ask(Command command, String... arguments) throws IOException {
    CommandArguments call = new CommandArguments(command);
    for (String argument : arguments) {
      call.add(argument);
    }
    Protocol.sendCommand(out, call);
    out.flush();
    return Protocol.read(in, NO_PUSHES);
  }

  /**
   * Sends a batch, some keys a call and all calls at once, and waits for the answers.
   *
   * @return an answer a write, in order: {@link VersionedWrites#APPLIED}, {@link
   *     VersionedWrites#FENCED}, or the WRONGTYPE error
   * @throws JedisException if any write met another error; some of the batch may have been written
   *     then, and the connection is of no more use
   */
  Object[] write(List<RedisWrite> batch) {
    try {
      int calls = send(batch);
      return receive(calls, batch.size());
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  private int send(List<RedisWrite> batch) throws IOException {
    int calls = 0;
    for (int from = 0; from < batch.size(); from += VersionedWrites.KEYS_PER_CALL) {
      progressAt = System.nanoTime();
      sendCall(batch, from, Math.min(batch.size(), from + VersionedWrites.KEYS_PER_CALL));
      calls++;
    }
    out.flush();
    return calls;
  }

  private void sendCall(List<RedisWrite> batch, int from, int to) throws IOException {
    int keys = to - from;
    out.write(Protocol.ASTERISK_BYTE);
    out.writeIntCrLf(3 + 3 * keys);
    sendArgument(EVALSHA);
    sendArgument(scriptSha);
    sendArgument(ascii(keys));
    for (int i = from; i < to; i++) {
      String key = batch.get(i).key();
      sendArgument((prefix.isEmpty() ? key : prefix + key).getBytes(UTF_8));
    }
    for (int i = from; i < to; i++) {
      RedisWrite write = batch.get(i);
      sendArgument(write.value());
      sendArgument(ttl(write.ttlMillis()));
    }
  }

  private void sendArgument(byte[] argument) throws IOException {
    out.write(Protocol.DOLLAR_BYTE);
    out.writeIntCrLf(argument.length);
    out.write(argument);
    out.writeCrLf();
  }

  /** Neighbours mostly live equally long. */
  private byte[] ttl(long millis) {
    if (millis != lastTtl || lastTtlText == null) {
      lastTtl = millis;
      lastTtlText = ascii(millis);
    }
    return lastTtlText;
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  private Object[] receive(int calls, int writes) {
    Object[] answers = new Object[writes];
    int filled = 0;
    for (int i = 0; i < calls; i++) {
      for (Object answer : (List<?>) Protocol.read(in, NO_PUSHES)) {
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

  /** Closes at once; whoever waits for an answer gets a connection error. */
  void abort() {
    IOUtils.closeQuietly(socket);
  }
}
