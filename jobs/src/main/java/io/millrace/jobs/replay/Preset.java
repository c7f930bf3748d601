package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A known data set: how its file is read and what events it becomes. */
public enum Preset {
  /** Clicks of a shop, 2020 (bolcom/serenade). */
  SERENADE(clicks(ClickLog.Layout.TIMED)),
  /** YooChoose clicks, 2014. */
  RSC15(clicks(ClickLog.Layout.TIMED)),
  /** CIKM Cup 2016, sessions without a clock. */
  DIGINETICA(clicks(ClickLog.Layout.SESSION_LINES)),
  /** Taobao UserBehavior, 2017: views, carts, favourites, purchases. */
  TAOBAO((file, ids, catalogue) -> new TaobaoReader().read(file, ids, catalogue)),
  /** UCI Online Retail, 2010 and 2011: invoices and cancellations. */
  ONLINE_RETAIL(RetailRecording::new),
  /** Card payments simulated by the Fraud Detection Handbook. */
  HANDBOOK(
      (file, ids, catalogue) -> labelled(new HandbookOrders(HandbookPayments.read(file), ids))),
  /** First purchases of new accounts in a shop, 2015 (Fraud_Data). */
  ECOMMERCE((file, ids, catalogue) -> labelled(new ShopOrders(file, ids)));

  /** Named by the contract, but not built yet. */
  private static final List<String> LATER = List.of("nab");

  private final Reader reader;

  Preset(Reader reader) {
    this.reader = reader;
  }

  /** Reads a file whole. */
  private interface Reader {
    Recording read(Path file, EventIds ids, boolean catalogue);
  }

  private static Recording labelled(LabelledOrders orders) {
    return new LabelledRecording(orders, LabelledRecording.USUAL_DELAY);
  }

  private static Reader clicks(ClickLog.Layout layout) {
    return (file, ids, catalogue) -> new ClickRecording(ClickLog.read(file, layout), ids);
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
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads and checks a file whole.
   *
   * @param catalogue whether entries of the catalogue are wanted beside the events, where the data
   *     have them
   * @throws Failure if it is missing, damaged or not of this data set's form
   */
  public Recording read(Path file, boolean catalogue) {
    return reader.read(file, new EventIds(label(), file), catalogue);
  }
}
