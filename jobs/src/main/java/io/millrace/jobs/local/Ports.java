package io.millrace.jobs.local;

import io.millrace.jobs.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * The ports of the engine on this machine; 0 takes any that is free.
 *
 * @param kafka the broker
 * @param redis the server
 * @param flink REST interface and dashboard
 * @param console the web console
 */
public record Ports(int kafka, int redis, int flink, int console) {
  /** The ports people expect. */
  public static final Ports DEFAULT = new Ports(9092, 6379, 8081, 8080);

  /** Any that are free. */
  public static final Ports AUTO = new Ports(0, 0, 0, 0);

  /**
   * @throws Failure if something listens on the port
   */
  static void requireFree(String server, int port) {
    if (port == 0 || isFree(port)) {
      return;
    }
    throw Failure.failed(
        server
            + " cannot listen on port "
            + port
            + ": it is taken by another program. Stop that program, or let free ports be chosen"
            + " with --ports auto");
  }

  private static boolean isFree(int port) {
    // A listener on all addresses need not keep others from binding to loopback, so ask it first.
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return false;
    } catch (IOException e) {
      try (ServerSocket server = new ServerSocket()) {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return true;
      } catch (IOException taken) {
        return false;
      }
    }
  }

  /** Null if something listens at the address, else why nothing answers. */
  static String whyNotListening(InetSocketAddress address, Duration limit) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) limit.toMillis());
      return null;
    } catch (UnknownHostException e) {
      return "the name " + address.getHostString() + " is not known";
    } catch (SocketTimeoutException e) {
      return "nothing answers within " + limit.toSeconds() + " s";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** A port that is free at this moment. */
  static int free() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("this machine has no free port", e);
    }
  }
}
