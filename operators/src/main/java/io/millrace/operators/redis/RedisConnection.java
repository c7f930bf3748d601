package io.millrace.operators.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushConsumerChainImpl;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.IOUtils;
import redis.clients.jedis.util.RedisInputStream;
import redis.clients.jedis.util.RedisOutputStream;

/**
 * One connection to one Redis server, with the script loaded. One thread uses it; {@link #abort()}
 * and {@link #stalledFor()} may come from any. Calls are sent one after the other, flushed together
 * and answered in order. Every method throws {@link JedisException} if the server is away or
 * refuses; after a {@link JedisConnectionException} the connection is of no more use.
 *
 * <p>It stands on the socket and the protocol of Jedis, not on its {@code Connection}, whose output
 * buffer of 8 KB costs a system call for every few values.
 */
final class RedisConnection {
  private static final int OUTPUT_BUFFER_BYTES = 128 * 1024;
  private static final PushConsumerChain NO_PUSHES = PushConsumerChainImpl.of();
  private static final byte[] EVALSHA = Command.EVALSHA.getRaw();
  private static final CommandArguments ASKING = new CommandArguments(Command.ASKING);

  private final RedisNode node;
  private final Socket socket;
  private final RedisOutputStream out;
  private final RedisInputStream in;
  private final String prefix;
  private final int timeoutMillis;
  private byte[] scriptSha;
  private long lastTtl;
  private byte[] lastTtlText;
  private volatile long sendingSince;

  private RedisConnection(RedisNode node, Socket socket, RedisSettings settings)
      throws IOException {
    this.node = node;
    this.socket = socket;
    this.out = new RedisOutputStream(socket.getOutputStream(), OUTPUT_BUFFER_BYTES);
    this.in = new RedisInputStream(socket.getInputStream());
    this.prefix = settings.keyPrefix();
    this.timeoutMillis = Math.toIntExact(settings.timeout().toMillis());
  }

  /** Connects, logs in and loads the script. */
  static RedisConnection open(RedisSettings settings, RedisNode node) {
    HostAndPort address = new HostAndPort(node.host(), node.port());
    Socket socket = new DefaultJedisSocketFactory(address, JedisConfig.of(settings)).createSocket();
    try {
      RedisConnection connection = new RedisConnection(node, socket, settings);
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

  RedisNode node() {
    return node;
  }

  /** Which node of the cluster serves which slots, see {@link SlotMap}. */
  Object clusterSlots() {
    try {
      return ask(Command.CLUSTER, "SLOTS");
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /**
   * Sends a batch, some keys a call and all calls at once, and waits for the answers.
   *
   * @return an answer a write, in order, see {@link #receive}
   * @throws JedisException if any write met another error; some of the batch may have been written
   *     then
   */
  Object[] write(List<RedisWrite> batch, ReplicaWait wait) {
    int calls = 0;
    for (int from = 0; from < batch.size(); from += VersionedWrites.KEYS_PER_CALL) {
      int to = Math.min(batch.size(), from + VersionedWrites.KEYS_PER_CALL);
      send(batch.subList(from, to));
      calls++;
    }
    sendWait(wait);
    flush();
    Object[] answers = new Object[batch.size()];
    int filled = 0;
    for (int i = 0; i < calls; i++) {
      for (Object answer : receive()) {
        answers[filled++] = answer;
      }
    }
    receiveWait(wait);
    return answers;
  }

  /** Sends some writes as one call; in a cluster their keys have to be of one slot. */
  void send(List<RedisWrite> writes) {
    sendingSince = System.nanoTime();
    try {
      int keys = writes.size();
      out.write(Protocol.ASTERISK_BYTE);
      out.writeIntCrLf(3 + 3 * keys);
      sendArgument(EVALSHA);
      sendArgument(scriptSha);
      sendArgument(ascii(keys));
      for (int i = 0; i < keys; i++) {
        String key = writes.get(i).key();
        sendArgument((prefix.isEmpty() ? key : prefix + key).getBytes(UTF_8));
      }
      for (int i = 0; i < keys; i++) {
        RedisWrite write = writes.get(i);
        sendArgument(write.value());
        sendArgument(ttl(write.ttlMillis()));
      }
    } catch (IOException e) {
      throw new JedisConnectionException(e);
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

  /** Has the node take the next call for a slot that it is about to get. */
  void sendAsking() {
    Protocol.sendCommand(out, ASKING);
  }

  /** Has the node answer once replicas hold all that was sent before; nothing if none need to. */
  void sendWait(ReplicaWait wait) {
    if (wait.replicas() > 0) {
      Protocol.sendCommand(
          out,
          new CommandArguments(Command.WAIT).add(wait.replicas()).add(wait.timeout().toMillis()));
    }
  }

  void flush() {
    try {
      out.flush();
      sendingSince = 0;
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /**
   * Reads the answer to {@link #send}.
   *
   * @return an answer a write: {@link VersionedWrites#APPLIED}, {@link VersionedWrites#FENCED}, or
   *     the WRONGTYPE error
   * @throws JedisDataException if the call or any of its writes met another error
   */
  List<?> receive() {
    List<?> answers = (List<?>) Protocol.read(in, NO_PUSHES);
    for (Object answer : answers) {
      if (answer instanceof JedisDataException error
          && RedisFault.of(error) != RedisFault.WRONG_TYPE) {
        throw error;
      }
    }
    return answers;
  }

  /**
   * Reads an answer of which only an error matters, as to {@link #sendAsking}; null if it is none.
   */
  JedisDataException receiveRefusal() {
    try {
      Protocol.read(in, NO_PUSHES);
      return null;
    } catch (JedisDataException e) {
      return e;
    }
  }

  /**
   * Reads the answer to {@link #sendWait}.
   *
   * @throws ReplicasMissingException if too few replicas have acknowledged
   */
  void receiveWait(ReplicaWait wait) {
    if (wait.replicas() == 0) {
      return;
    }
    try {
      socket.setSoTimeout(Math.addExact(timeoutMillis, (int) wait.timeout().toMillis()));
      long replicas = (Long) Protocol.read(in, NO_PUSHES);
      socket.setSoTimeout(timeoutMillis);
      if (replicas < wait.replicas()) {
        throw new ReplicasMissingException(node, replicas, wait);
      }
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /**
   * How long the present call has not got out of this process; zero if there is none. Reading has a
   * timeout; writing to a server that takes nothing does not, so somebody has to watch.
   */
  Duration stalledFor() {
    long since = sendingSince;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  /** Closes at once, unsent bytes with it; whoever waits for an answer gets a connection error. */
  void abort() {
    IOUtils.closeQuietly(socket);
  }
}
