package io.millrace.operators.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisFaultTest {

  @ParameterizedTest
  @CsvSource({
    "LOADING Redis is loading the dataset in memory,UNAVAILABLE",
    "BUSY Redis is busy running a script,UNAVAILABLE",
    "TRYAGAIN Multiple keys request during rehashing of slot,UNAVAILABLE",
    "MOVED 3999 127.0.0.1:6381,UNAVAILABLE",
    "ASK 3999 127.0.0.1:6381,UNAVAILABLE",
    "CLUSTERDOWN The cluster is down,UNAVAILABLE",
    "READONLY You can't write against a read only replica.,UNAVAILABLE",
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
}
