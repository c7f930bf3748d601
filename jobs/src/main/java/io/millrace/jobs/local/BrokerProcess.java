package io.millrace.jobs.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The main class of the Kafka child process: formats the storage where it is new, then runs the
 * broker. It goes when its standard input ends, which happens even if its parent was killed, and it
 * leaves Ctrl-C to its parent, which stops it when nobody needs it any more. On its class path are
 * the broker and this class alone.
 */
final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * @param args the server.properties, and the id of the cluster
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    exitWithParent();
    // A terminal sends Ctrl-C to children too; the broker must outlive the jobs that use it.
    Signals.handle("INT", () -> {});
    String[] format = {"format", "--ignore-formatted", "-t", args[1], "-c", args[0]};
    int formatted =
        (int)
            Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, format, System.out);
    if (formatted != 0) {
      System.exit(formatted);
    }
    Class.forName("kafka.Kafka")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {args[0]});
  }

  private static void exitWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                System.err.println("standard input failed: " + e.getMessage());
              }
              System.exit(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
