package io.millrace.features.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the address of a Redis, and says what is wrong with one without showing its login. */
final class RedisUrl {
  private static final String FORMS =
      "redis://HOST:PORT/DATABASE, redis-sentinel://HOST:PORT,HOST:PORT/MASTER/DATABASE, or"
          + " redis-cluster://HOST:PORT,HOST:PORT, each with rediss for TLS";

  private static final Pattern NODE =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+\\])(?::(\\d{1,5}))?");

  private final String url;

  RedisUrl(String url) {
    this.url = url;
  }

  RedisSettings parse() {
    String full = url.contains("://") ? url : "redis://" + url;
    int schemeEnd = full.indexOf("://");
    String scheme = full.substring(0, schemeEnd);
    RedisTopology topology = topology(scheme);
    String rest = full.substring(schemeEnd + 3);
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw malformed("has '?' or '#' in it; percent-encode them in a login, else leave them out");
    }
    int pathStart = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
    String authority = rest.substring(0, pathStart);
    int loginEnd = authority.indexOf('@');
    List<String> path = path(rest.substring(pathStart));
    List<RedisNode> nodes = nodes(authority.substring(loginEnd + 1), topology);
    String master = topology == RedisTopology.SENTINEL && !path.isEmpty() ? path.remove(0) : null;
    if (path.size() > 1 || (topology == RedisTopology.CLUSTER && !path.isEmpty())) {
      throw malformed("goes on after the last part that it may have");
    }
    RedisSettings settings =
        described(() -> RedisSettings.of(topology, nodes, master))
            .withTls(scheme.equals(topology.scheme(true)));
    if (loginEnd >= 0) {
      settings = withLogin(settings, authority.substring(0, loginEnd));
    }
    return path.isEmpty() ? settings : settings.withDatabase(database(path.get(0)));
  }

  private RedisTopology topology(String scheme) {
    for (RedisTopology topology : RedisTopology.values()) {
      if (scheme.equals(topology.scheme(false)) || scheme.equals(topology.scheme(true))) {
        return topology;
      }
    }
    throw malformed("does not begin with the name of a kind of Redis");
  }

  private static List<String> path(String text) {
    List<String> parts = new ArrayList<>(Arrays.asList(text.split("/")));
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private List<RedisNode> nodes(String text, RedisTopology topology) {
    int defaultPort =
        topology == RedisTopology.SENTINEL
            ? RedisSettings.DEFAULT_SENTINEL_PORT
            : RedisSettings.DEFAULT_PORT;
    List<RedisNode> nodes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher node = NODE.matcher(part);
      if (!node.matches()) {
        throw malformed("names no HOST or HOST:PORT where one has to stand");
      }
      int port = node.group(2) == null ? defaultPort : Integer.parseInt(node.group(2));
      nodes.add(described(() -> new RedisNode(node.group(1), port)));
    }
    return nodes;
  }

  private RedisSettings withLogin(RedisSettings settings, String login) {
    int colon = login.indexOf(':');
    String user = decode(colon < 0 ? login : login.substring(0, colon));
    String password = colon < 0 ? null : decode(login.substring(colon + 1));
    return settings.withLogin(user.isEmpty() ? null : user, password);
  }

  private String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed("has a '%' in its login that encodes nothing; write %25 for the sign itself");
    }
  }

  private int database(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw malformed("ends with a database that is not a number from 0");
    }
    return Integer.parseInt(text);
  }

  /** Adds the address to what a check of its parts says. */
  private <T> T described(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw malformed("is refused: " + e.getMessage());
    }
  }

  private IllegalArgumentException malformed(String fault) {
    return new IllegalArgumentException(
        "the Redis address '" + shown() + "' " + fault + "; it has the form " + FORMS);
  }

  /** The address without its login, wherever that may end in a malformed one. */
  private String shown() {
    int loginEnd = url.lastIndexOf('@');
    if (loginEnd < 0) {
      return url;
    }
    int schemeEnd = url.indexOf("://");
    String scheme = schemeEnd < 0 || schemeEnd > loginEnd ? "" : url.substring(0, schemeEnd + 3);
    return scheme + "(hidden)@" + url.substring(loginEnd + 1);
  }
}
