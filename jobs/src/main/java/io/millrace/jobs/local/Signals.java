package io.millrace.jobs.local;

import java.lang.reflect.Proxy;

/**
 * Handles the signals that end a process. A shutdown hook will not do: Flink's own hooks would run
 * beside it and pull the ground from under the jobs that are being stopped. The JDK's class for
 * this is reached by reflection because compiling against it is a warning.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} on a thread of its own when the signal arrives.
   *
   * @param name {@code INT} or {@code TERM}
   * @return whether this JVM lets it be handled
   */
  static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "handler of " + name;
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
