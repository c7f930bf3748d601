package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A known data set: how its file is read and sent. */
public enum Preset {
  /** Clicks of a shop, 2020 (bolcom/serenade). */
  SERENADE(ClickLog.Layout.TIMED),
  /** YooChoose clicks, 2014. */
  RSC15(ClickLog.Layout.TIMED),
  /** CIKM Cup 2016, sessions without a clock. */
  DIGINETICA(ClickLog.Layout.SESSION_LINES);

  /** Named by the contract, but not built yet. */
  private static final List<String> LATER =
      List.of("taobao", "online-retail", "handbook", "ecommerce", "nab");

  private final ClickLog.Layout layout;

  Preset(ClickLog.Layout layout) {
    this.layout = layout;
  }

  /**
   * The preset of that name.
   *
   * @throws Failure of wrong usage if there is none; names those there are
   */
  public static Preset named(String name) {
    for (Preset preset : values()) {
      if (preset.label().equals(name)) {
        return preset;
      }
    }
    String known = Arrays.stream(values()).map(Preset::label).collect(Collectors.joining(", "));
    throw Failure.usage(
        "--preset: "
            + (LATER.contains(name)
                ? name + " is not available yet"
                : "there is no preset '" + name + "'")
            + "; available are "
            + known);
  }

  /** Its name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How its file is made up. */
  public ClickLog.Layout layout() {
    return layout;
  }
}
