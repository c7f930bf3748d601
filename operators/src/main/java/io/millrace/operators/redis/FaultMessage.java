package io.millrace.operators.redis;

import io.millrace.features.redis.RedisSettings;
import io.millrace.features.redis.RedisTopology;
import redis.clients.jedis.exceptions.JedisException;

/** What a person reads who has to act: what Redis refuses, and what to change. */
final class FaultMessage {
  private FaultMessage() {}

  /** For the faults that the sink does not get over by itself; never shows a password. */
  static String of(RedisSettings settings, JedisException error) {
    String said = RedisFault.describe(error);
    String start = "Redis at " + settings.address();
    return switch (RedisFault.of(error)) {
      case DENIED ->
          start
              + " denies access: "
              + said
              + ". Check the user and password in the Redis settings, and that "
              + (settings.user() == null ? "the default user" : "user " + settings.user())
              + " may call "
              + commands(settings)
              + " on the keys "
              + settings.keyPrefix()
              + "*; docs/redis.md has the rule to set.";
      case TLS_REFUSED -> start + " cannot be talked to in TLS: " + said + ". " + tlsRemedy(said);
      case WRONG_ADDRESS -> start + " is not what its address says: " + said + ".";
      default ->
          start
              + " refuses to write: "
              + said
              + ". Trying again would not help; see the log of Redis, and whether it is a"
              + " Redis of 6.2 or later.";
    };
  }

  private static String commands(RedisSettings settings) {
    String always = "SCRIPT LOAD, EVALSHA, GETRANGE, SET and, for redis.wait-replicas, WAIT";
    return settings.topology() == RedisTopology.CLUSTER
        ? always + ", and CLUSTER SLOTS and ASKING,"
        : always;
  }

  private static String tlsRemedy(String said) {
    if (said.contains("Unsupported or unrecognized SSL message")) {
      return "No TLS is spoken at this port: let redis.url begin with redis instead of rediss, or"
          + " give the port of tls-port.";
    }
    if (said.contains("fatal alert")) {
      return "The server did not like this side: a certificate of the client's own is not"
          + " supported, so set tls-auth-clients to no or optional, and let it take TLS 1.2 or 1.3.";
    }
    if (said.contains("No subject alternative") || said.contains("No name matching")) {
      return "The certificate was issued for another host: name the server in redis.url as its"
          + " certificate does, or issue one with that name or address.";
    }
    return "Trust the authority that issued the server's certificate: name the file with the"
        + " authority's own, in PEM form, in redis.tls-ca-file.";
  }
}
