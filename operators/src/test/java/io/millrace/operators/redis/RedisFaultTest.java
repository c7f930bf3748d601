package io.millrace.operators.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

class RedisFaultTest {
  private static final RedisNode NODE = new RedisNode("cache", 7);

  @ParameterizedTest
  @CsvSource({
    "LOADING Redis is loading the dataset in memory,UNAVAILABLE",
    "BUSY Redis is busy running a script,UNAVAILABLE",
    "TRYAGAIN Multiple keys request during rehashing of slot,UNAVAILABLE",
    "MOVED 3999 127.0.0.1:6381,UNAVAILABLE",
    "ASK 3999 127.0.0.1:6381,UNAVAILABLE",
    "CLUSTERDOWN The cluster is down,UNAVAILABLE",
    "READONLY You can't write against a read only replica.,UNAVAILABLE",
    "UNBLOCKED force unblock from blocking operation,UNAVAILABLE",
    "@user_script: 3: Lua script attempted to access a non local key in a cluster node,UNAVAILABLE",
    "MASTERDOWN Link with MASTER is down,UNAVAILABLE",
    "OOM command not allowed when used memory > 'maxmemory'.,UNAVAILABLE",
    "@user_script: 19: -OOM command not allowed when used memory > 'maxmemory'.,UNAVAILABLE",
    "@user_script: 19: The user executing the script can't run this command,DENIED",
    "MISCONF Redis is configured to save RDB snapshots,UNAVAILABLE",
    "ERR max number of clients reached,UNAVAILABLE",
    "NOSCRIPT No matching script. Please use EVAL.,NO_SCRIPT",
    "WRONGTYPE Operation against a key holding the wrong kind of value,WRONG_TYPE",
    "NOAUTH Authentication required.,DENIED",
    "WRONGPASS invalid username-password pair,DENIED",
    "NOPERM this user has no permissions,DENIED",
    "ERR AUTH <password> called without any password configured,DENIED",
    "ERR unknown command,REFUSED",
    "BUSYKEY Target key name already exists.,REFUSED",
    "'',REFUSED"
  })
  void knowsWhatAnErrorMeans(String message, RedisFault meaning) {
    assertThat(RedisFault.of(new JedisDataException(message))).isEqualTo(meaning);
  }

  @Test
  void takesALostConnectionForRedisBeingAway() {
    assertThat(RedisFault.of(new JedisConnectionException("WRONGTYPE or whatever")))
        .isEqualTo(RedisFault.UNAVAILABLE);
  }

  @Test
  void takesMissingReplicasForATimeToWait() {
    ReplicaWait wait = new ReplicaWait(2, Duration.ofSeconds(1));
    ReplicasMissingException error = new ReplicasMissingException(NODE, 1, wait);

    assertThat(RedisFault.of(error)).isEqualTo(RedisFault.UNREPLICATED);
    assertThat(error).hasMessageContaining("1 of the 2 replicas").hasMessageContaining("cache:7");
  }

  static List<Arguments> faultsOfTls() {
    return List.of(
        Arguments.of(new SSLHandshakeException("Remote host terminated the handshake"), false),
        Arguments.of(new SSLException("Read timed out", new SocketTimeoutException()), false),
        Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), true),
        Arguments.of(new SSLHandshakeException("Received fatal alert: certificate_required"), true),
        Arguments.of(new SSLHandshakeException("Received fatal alert: bad_certificate"), true),
        Arguments.of(new SSLException("Received fatal alert: internal_error"), false),
        Arguments.of(new IOException(new CertificateException("no name matches")), true));
  }

  @ParameterizedTest
  @MethodSource("faultsOfTls")
  void tellsARefusalOfTlsFromALostConnection(IOException cause, boolean refusal) {
    JedisConnectionException error = new JedisConnectionException("Failed.", cause);

    assertThat(RedisFault.of(error))
        .isEqualTo(refusal ? RedisFault.TLS_REFUSED : RedisFault.UNAVAILABLE);
    assertThat(RedisFault.of(RedisFault.at(NODE, error))).isEqualTo(RedisFault.of(error));
  }

  @Test
  void namesTheServerOnce() {
    JedisException error = new JedisDataException("LOADING the dataset");
    JedisException named = RedisFault.at(NODE, error);

    assertThat(named).hasMessage("LOADING the dataset (cache:7)");
    assertThat(RedisFault.at(NODE, named)).isSameAs(named);
    assertThat(RedisFault.of(named)).isEqualTo(RedisFault.UNAVAILABLE);
    assertThat(RedisFault.describe(named)).isEqualTo("LOADING the dataset (cache:7)");
  }

  @Test
  void tellsAPersonWhatToChange() {
    RedisSettings settings =
        RedisSettings.parse("redis-cluster://ana:hush@cache:7").withKeyPrefix("shop:");

    assertThat(FaultMessage.of(settings, new JedisDataException("NOPERM no permissions")))
        .contains("cache:7", "NOPERM no permissions", "user ana", "CLUSTER SLOTS", "shop:*")
        .doesNotContain("hush");
    assertThat(FaultMessage.of(settings, new WrongAddressException("it is a tree")))
        .contains("cache:7", "it is a tree");
    assertThat(FaultMessage.of(settings, new JedisDataException("ERR unknown command")))
        .contains("ERR unknown command", "6.2 or later");
    assertThat(tls("PKIX path building failed")).contains("redis.tls-ca-file");
    assertThat(tls("No subject alternative names present")).contains("another host");
    assertThat(FaultMessage.of(settings, noTls())).contains("with redis instead of rediss");
  }

  private static String tls(String cause) {
    return FaultMessage.of(
        RedisSettings.parse("rediss://cache"),
        new JedisConnectionException("Failed.", new CertificateException(cause)));
  }

  private static JedisConnectionException noTls() {
    return new JedisConnectionException(
        "Failed.", new SSLException("Unsupported or unrecognized SSL message"));
  }
}
