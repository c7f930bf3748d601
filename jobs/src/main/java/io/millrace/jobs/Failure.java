package io.millrace.jobs;

/**
 * Something went wrong that the person at the keyboard can do something about. The message is plain
 * English, names what failed and what to try, and is all they are shown; the cause goes to the log.
 */
public final class Failure extends RuntimeException {
  private final Kind kind;

  private Failure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What a command's exit code tells its caller. */
  public enum Kind {
    /** The command was right, but could not be carried out. */
    FAILED(1),
    /** The command itself must be changed. */
    WRONG_USAGE(2);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public int exitCode() {
      return exitCode;
    }
  }

  /** A command that must be written otherwise: an unknown option, a value out of range. */
  public static Failure usage(String message) {
    return new Failure(Kind.WRONG_USAGE, message, null);
  }

  /** A command that could not be carried out. */
  public static Failure failed(String message) {
    return new Failure(Kind.FAILED, message, null);
  }

  /** A command that could not be carried out, because of {@code cause}. */
  public static Failure failed(String message, Throwable cause) {
    return new Failure(Kind.FAILED, message, cause);
  }

  /** Whether the command or its execution is at fault. */
  public Kind kind() {
    return kind;
  }
}
