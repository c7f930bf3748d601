package io.millrace.operators.redis;

import redis.clients.jedis.exceptions.JedisException;

/** What answers at the address is another kind of Redis than the address says. */
final class WrongAddressException extends JedisException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what it is and what to give instead
   */
  WrongAddressException(String message) {
    super(message);
  }
}
