package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Finds out whether a Kafka that is said to exist answers, and what is wrong if not. */
public final class KafkaConnection {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(8);

  private KafkaConnection() {}

  /**
   * Makes sure that the cluster answers, within 15 seconds.
   *
   * @param servers HOST:PORT, several separated by commas
   * @throws Failure if an address is malformed or nothing answers; names the address, the cause and
   *     what to try
   */
  public static void require(String servers) {
    String cause = null;
    Duration left = CONNECT_LIMIT;
    for (String server : servers.split(",")) {
      cause = Ports.whyNotListening(address(server.strip()), left);
      // All of the addresses together must not use up the time there is.
      left = left.dividedBy(2).plusMillis(1);
      if (cause == null) {
        break;
      }
    }
    if (cause != null) {
      throw unreachable(servers, cause, null);
    }
    try (Admin admin = admin(servers)) {
      admin.describeCluster().clusterId().get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unreachable(servers, e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw unreachable(
          servers, "something listens there but does not answer as a Kafka broker does", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(servers, "interrupted", e);
    }
  }

  /** A client for the cluster; its calls give up after some seconds. */
  static Admin admin(String servers) {
    int limit = (int) ANSWER_LIMIT.toMillis();
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            limit,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            limit,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            200));
  }

  private static InetSocketAddress address(String server) {
    int colon = server.lastIndexOf(':');
    try {
      int port = Integer.parseInt(server.substring(colon + 1));
      if (colon > 0 && port > 0 && port < 65_536) {
        return new InetSocketAddress(server.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw Failure.usage("the Kafka address '" + server + "' is not of the form HOST:PORT");
  }

  private static Failure unreachable(String servers, String cause, Throwable thrown) {
    return Failure.failed(
        "Kafka at "
            + servers
            + " cannot be reached: "
            + cause
            + ". Check the address and that the broker runs; without --kafka, ./millrace up starts"
            + " one on this machine",
        thrown);
  }
}
