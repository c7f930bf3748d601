package io.millrace.operators.redis;

import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks sentinels for their master, one after the other, first the one that answered last. A
 * sentinel that wants a login is given that of the servers.
 */
final class SentinelQuery {
  private final RedisSettings settings;
  private final List<RedisNode> sentinels;

  SentinelQuery(RedisSettings settings) {
    this.settings = settings;
    this.sentinels = new ArrayList<>(settings.nodes());
  }

  /**
   * Where the master is now.
   *
   * @throws WrongAddressException if sentinels answer but know no such master
   * @throws JedisException if no sentinel answers; it says why the first one does not
   */
  RedisNode master() {
    JedisException fault = null;
    for (RedisNode sentinel : List.copyOf(sentinels)) {
      try {
        RedisNode master = ask(sentinel);
        sentinels.remove(sentinel);
        sentinels.add(0, sentinel);
        return master;
      } catch (JedisException e) {
        JedisException named = RedisFault.at(sentinel, e);
        boolean tellsMore = fault == null || named instanceof WrongAddressException;
        fault = tellsMore ? named : fault;
      }
    }
    throw fault;
  }

  private RedisNode ask(RedisNode sentinel) {
    try {
      return ask(sentinel, JedisConfig.of(settings));
    } catch (JedisDataException e) {
      if (settings.password() == null || RedisFault.of(e) != RedisFault.DENIED) {
        throw e;
      }
      return ask(sentinel, JedisConfig.withLogin(settings));
    }
  }

  private RedisNode ask(RedisNode sentinel, DefaultJedisClientConfig config) {
    try (Jedis connection = new Jedis(new HostAndPort(sentinel.host(), sentinel.port()), config)) {
      List<String> address = connection.sentinelGetMasterAddrByName(settings.master());
      if (address == null || address.size() != 2) {
        throw new WrongAddressException(unknownMaster(sentinel, connection));
      }
      return new RedisNode(address.get(0), Integer.parseInt(address.get(1)));
    } catch (JedisDataException e) {
      if (RedisFault.messageOf(e).startsWith("ERR unknown command")) {
        throw new WrongAddressException(
            sentinel + " is no sentinel; for a single server let redis.url begin with redis://");
      }
      throw e;
    }
  }

  private String unknownMaster(RedisNode sentinel, Jedis connection) {
    TreeSet<String> known = new TreeSet<>();
    for (Map<String, String> master : connection.sentinelMasters()) {
      known.add(master.get("name"));
    }
    return "the sentinel "
        + sentinel
        + " knows no master '"
        + settings.master()
        + "' but "
        + known
        + "; correct the name at the end of redis.url";
  }
}
