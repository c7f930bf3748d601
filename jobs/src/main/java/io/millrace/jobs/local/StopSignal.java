package io.millrace.jobs.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;

/**
 * Ctrl-C and SIGTERM as something to wait for. From the first of them on the process has 20
 * seconds; shortly before they are over it ends by force, and its children with it.
 */
public final class StopSignal {
  private static final Duration LIMIT = Duration.ofSeconds(18);

  private final CompletableFuture<String> received = new CompletableFuture<>();

  private StopSignal() {}

  /** Begins to listen; from now on the signals no longer end the process by themselves. */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    boolean handled = true;
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      handled &= Signals.handle(name, () -> signal.receive(name));
    }
    if (!handled) {
      // Without the JDK's signals the hook must do; it holds the exit until the main thread is
      // through, or the time is over.
      Thread main = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.holdExit(main), "stop"));
    }
    return signal;
  }

  private void receive(String name) {
    if (!received.complete(name)) {
      return;
    }
    // On a thread of its own: the common pool may be what hangs.
    CompletableFuture.delayedExecutor(
            LIMIT.toMillis(), TimeUnit.MILLISECONDS, end -> new Thread(end, "stop-limit").start())
        .execute(StopSignal::endByForce);
  }

  private void holdExit(Thread main) {
    received.complete("exit");
    try {
      main.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endByForce() {
    System.err.println("Not everything stopped in time; ending it by force.");
    endNow();
  }

  /**
   * Ends this process and its children at once, for a command that has nothing to bring to an end.
   *
   * @param dirs deleted before, as well as it goes
   */
  public static void endNow(Path... dirs) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    for (Path dir : dirs) {
      FileUtils.deleteDirectoryQuietly(dir.toFile());
    }
    Runtime.getRuntime().halt(1);
  }

  /** Completes with the name of the first signal. */
  public CompletableFuture<String> received() {
    return received;
  }
}
