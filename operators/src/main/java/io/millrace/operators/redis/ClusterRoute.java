package io.millrace.operators.redis;

import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Writes to the masters of a cluster. A batch is divided into calls of one slot each, and all calls
 * of all masters are under way at once. What a cluster that is being reshaped sends back goes out
 * again at once, in rounds:
 *
 * <ul>
 *   <li>{@code MOVED}: to the slot's new owner, and the slots are asked for again;
 *   <li>{@code ASK}, the slot is moving and the key is not here (any more): to the node named, out
 *       of turn. But only key by key: of several keys some may still be here, and must be written
 *       here, or the move would put their old values over the new ones;
 *   <li>{@code TRYAGAIN}, of several keys some have moved: key by key.
 * </ul>
 *
 * Any other fault ends the write; then connections that broke are dropped, and the slots are asked
 * for before the next one.
 */
final class ClusterRoute implements WriteRoute {
  /** A slot that moves is written in three; more are only needed where several moves meet. */
  private static final int MOST_ROUNDS = 16;

  private final RedisSettings settings;
  private final ReplicaWait wait;
  private final Counter redirects;
  private final Map<RedisNode, RedisConnection> connections = new ConcurrentHashMap<>();
  private SlotMap slots = new SlotMap();
  private boolean slotsStale = true;
  private RedisNode bestInformed;
  private volatile boolean closed;

  ClusterRoute(RedisSettings settings, ReplicaWait wait, Counter redirects) {
    this.settings = settings;
    this.wait = wait;
    this.redirects = redirects;
  }

  @Override
  public Object[] write(List<RedisWrite> batch) {
    Object[] answers = new Object[batch.size()];
    List<SlotCall> open = SlotCall.divide(batch, settings.keyPrefix());
    for (int i = 0; i < MOST_ROUNDS && !open.isEmpty(); i++) {
      if (slotsStale) {
        askForSlots();
      }
      Round round = new Round(batch, answers);
      round.send(open);
      round.receive();
      slotsStale |= round.fault != null;
      if (round.fault != null) {
        throw round.fault;
      }
      open = round.again;
    }
    if (!open.isEmpty()) {
      slotsStale = true;
      throw new JedisDataException(
          "TRYAGAIN slot " + open.get(0).slot() + " is sent on and on between nodes");
    }
    return answers;
  }

  private void askForSlots() {
    JedisException fault = null;
    for (RedisNode node : whomToAsk()) {
      try {
        RedisConnection connection = connect(node);
        slots = SlotMap.of(connection.clusterSlots(), connection.node());
        slotsStale = false;
        bestInformed = null;
        dropAllBut(slots.masters());
        return;
      } catch (JedisException e) {
        drop(node, e);
        fault = fault == null ? RedisFault.at(node, e) : fault;
      }
    }
    if (RedisFault.messageOf(fault).contains("cluster support disabled")) {
      throw new WrongAddressException(
          "it is no cluster ("
              + fault.getMessage()
              + "); for a single server let redis.url begin with redis://");
    }
    throw fault;
  }

  /** In another order each time, lest one that is cut off from the others is always believed. */
  private Set<RedisNode> whomToAsk() {
    Set<RedisNode> nodes = new LinkedHashSet<>();
    if (bestInformed != null) {
      nodes.add(bestInformed);
    }
    nodes.addAll(shuffled(connections.keySet()));
    nodes.addAll(shuffled(slots.masters()));
    nodes.addAll(shuffled(settings.nodes()));
    return nodes;
  }

  private static List<RedisNode> shuffled(Collection<RedisNode> nodes) {
    List<RedisNode> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled);
    return shuffled;
  }

  private RedisConnection connect(RedisNode node) {
    RedisConnection connection = connections.get(node);
    if (connection == null && !closed) {
      connection = RedisConnection.open(settings, node);
      connections.put(node, connection);
    }
    if (closed) {
      close();
      throw new JedisConnectionException("the sink was closed");
    }
    return connection;
  }

  /** Keeps a connection whose server only said no. */
  private void drop(RedisNode node, JedisException fault) {
    boolean usable =
        !(fault instanceof JedisConnectionException)
            && RedisFault.of(fault) != RedisFault.NO_SCRIPT;
    RedisConnection dropped = usable ? null : connections.remove(node);
    if (dropped != null) {
      dropped.abort();
    }
  }

  private void dropAllBut(Set<RedisNode> masters) {
    for (RedisNode node : connections.keySet()) {
      if (!masters.contains(node)) {
        connections.remove(node).abort();
      }
    }
  }

  @Override
  public void abandonStalled(Duration limit) {
    for (RedisConnection connection : connections.values()) {
      if (connection.stalledFor().compareTo(limit) > 0) {
        connection.abort();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    connections.values().forEach(RedisConnection::abort);
  }

  /** All that is sent before the first answer is read, and what comes of it. */
  private final class Round {
    private final List<RedisWrite> batch;
    private final Object[] answers;
    private final Map<RedisNode, List<SlotCall>> sent = new LinkedHashMap<>();
    private final List<SlotCall> again = new ArrayList<>();
    private JedisException fault;

    private Round(List<RedisWrite> batch, Object[] answers) {
      this.batch = batch;
      this.answers = answers;
    }

    private void send(List<SlotCall> calls) {
      for (SlotCall call : calls) {
        RedisNode node = call.asked() == null ? slots.owner(call.slot()) : call.asked();
        if (node == null) {
          fault =
              new JedisDataException("CLUSTERDOWN no master serves slot " + call.slot() + " now");
        } else {
          sent.computeIfAbsent(node, made -> new ArrayList<>()).add(call);
        }
      }
      sent.entrySet().removeIf(entry -> !sendTo(entry.getKey(), entry.getValue()));
    }

    private boolean sendTo(RedisNode node, List<SlotCall> calls) {
      try {
        RedisConnection connection = connect(node);
        for (SlotCall call : calls) {
          if (call.asked() != null) {
            connection.sendAsking();
          }
          connection.send(call.writes(batch));
        }
        connection.sendWait(wait);
        connection.flush();
        return true;
      } catch (JedisException e) {
        failed(node, e);
        return false;
      }
    }

    private void receive() {
      sent.forEach(
          (node, calls) -> {
            RedisConnection connection = connections.get(node);
            try {
              for (SlotCall call : calls) {
                receive(connection, call);
              }
              connection.receiveWait(wait);
            } catch (JedisException e) {
              failed(node, e);
            }
          });
    }

    private void receive(RedisConnection connection, SlotCall call) {
      JedisDataException refusal = call.asked() == null ? null : connection.receiveRefusal();
      if (refusal != null) {
        // It took the call for one out of the blue, and what it said to that does not matter.
        connection.receiveRefusal();
        failed(connection.node(), refusal);
        return;
      }
      try {
        int i = 0;
        for (Object answer : connection.receive()) {
          answers[call.places()[i++]] = answer;
        }
      } catch (JedisRedirectionException e) {
        redirects.inc();
        redirected(call, e, target(connection, e.getTargetNode()));
      } catch (JedisDataException e) {
        boolean parted = e.getMessage().startsWith("TRYAGAIN") && !call.hasOneKey(batch);
        if (parted) {
          redirects.inc();
          again.addAll(call.byKey(batch));
        } else {
          failed(connection.node(), e);
        }
      }
    }

    private void redirected(SlotCall call, JedisRedirectionException e, RedisNode target) {
      if (e instanceof JedisMovedDataException) {
        slots.move(call.slot(), target);
        slotsStale = true;
        bestInformed = target;
        again.add(call.askedOf(null));
      } else if (e instanceof JedisAskDataException && call.hasOneKey(batch)) {
        again.add(call.askedOf(target));
      } else {
        again.addAll(call.byKey(batch));
      }
    }

    /** A node that does not know its own name leaves it out. */
    private RedisNode target(RedisConnection connection, HostAndPort named) {
      boolean nameless = named.getHost() == null || named.getHost().isEmpty();
      return new RedisNode(nameless ? connection.node().host() : named.getHost(), named.getPort());
    }

    /** The first fault tells most; the others mostly follow from it. */
    private void failed(RedisNode node, JedisException e) {
      drop(node, e);
      fault = fault == null ? RedisFault.at(node, e) : fault;
    }
  }
}
