package io.millrace.jobs.options;

/**
 * Which version of a model scores.
 *
 * @param version the one for good, 0 for the newest
 */
public record PinnedModel(long version) {
  static final PinnedModel LEARNED = new PinnedModel(0);
  static final String VALUES = "learned, or frozen:N for version N";

  private static final String FROZEN = "frozen:";

  /** Reads {@code learned} or {@code frozen:N}. */
  public static PinnedModel parse(String text) {
    if (text.equals(LEARNED.toString())) {
      return LEARNED;
    }
    if (text.matches(FROZEN + "[1-9][0-9]{0,14}")) {
      return new PinnedModel(Long.parseLong(text.substring(FROZEN.length())));
    }
    throw new IllegalArgumentException("give learned, or a version such as frozen:41");
  }

  @Override
  public String toString() {
    return version == 0 ? "learned" : FROZEN + version;
  }
}
