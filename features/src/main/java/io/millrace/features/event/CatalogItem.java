package io.millrace.features.event;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the store says of one item: a fact, which holds until a newer one of the same item. Made by
 * {@link CatalogItemCodec}, which validates; every optional field is null where the message did not
 * carry it.
 *
 * @param itemId the item, 1 to 128 bytes
 * @param title as shown to visitors, at most 4,096 characters
 * @param category path such as {@code shoes/running/trail}: at most 10 levels and 256 bytes, no
 *     level empty or repeated
 * @param brand 1 to 128 bytes
 * @param attributes further properties, at most 64, by name
 * @param status whether it is on sale
 * @param adult whether it is for adults only
 * @param prices what it costs
 * @param supply how much of it there is, and until when
 * @param updatedAt when this was so, milliseconds since the epoch
 */
public record CatalogItem(
    String itemId,
    String title,
    String category,
    String brand,
    SortedMap<String, String> attributes,
    Status status,
    boolean adult,
    Prices prices,
    Supply supply,
    Long updatedAt) {

  private static final SortedMap<String, String> NO_ATTRIBUTES =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  public CatalogItem {
    attributes = attributes.isEmpty() ? NO_ATTRIBUTES : sorted(attributes);
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(prices, "prices");
    Objects.requireNonNull(supply, "supply");
  }

  /**
   * Whether an item is on sale. The order of the constants is part of the serialized form: add at
   * the end.
   */
  public enum Status {
    /** On sale; what holds where nothing is said. */
    ACTIVE,
    /** Not to be shown for now. */
    HIDDEN,
    /** Not to be had any more. */
    DISCONTINUED;

    static final WireNames<Status> NAMES = new WireNames<>(Status.class);

    private final String wireName = WireNames.of(this);

    /** The name on the wire, for example {@code hidden}. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * What an item costs, per piece and in one currency.
   *
   * @param currency ISO 4217 letters; there whenever one of the amounts is
   * @param listPrice the price without any offer
   * @param cost what the store pays
   * @param costUnknownOk whether it may be priced without a cost
   * @param minPrice lowest price allowed, no greater than {@code maxPrice}
   * @param maxPrice highest price allowed
   * @param mapPrice lowest price that may be advertised, as agreed with the maker
   * @param promotions planned offers, at most 100
   */
  public record Prices(
      String currency,
      Double listPrice,
      Double cost,
      boolean costUnknownOk,
      Double minPrice,
      Double maxPrice,
      Double mapPrice,
      List<Promotion> promotions) {

    /** Nothing is known of them. */
    public static final Prices NONE =
        new Prices(null, null, null, false, null, null, null, List.of());

    public Prices {
      promotions = List.copyOf(promotions);
    }
  }

  /**
   * A planned offer.
   *
   * @param from first moment, milliseconds since the epoch
   * @param to the moment it is over, after {@code from}
   * @param label what it is called
   */
  public record Promotion(long from, long to, String label) {}

  /**
   * How much of an item there is, and until when.
   *
   * @param stock pieces as of {@code updatedAt}; later orders reduce it
   * @param nextDeliveryAt when more comes, milliseconds since the epoch
   * @param seasonEnd when nobody wants it any more, milliseconds since the epoch
   * @param leadTimeDays days from order to delivery at the supplier's
   */
  public record Supply(Long stock, Long nextDeliveryAt, Long seasonEnd, Integer leadTimeDays) {

    /** Nothing is known of it. */
    public static final Supply NONE = new Supply(null, null, null, null);
  }

  private static SortedMap<String, String> sorted(Map<String, String> attributes) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /**
   * An item on sale of which no more is known than title and category, both of which may be null.
   */
  public static CatalogItem of(String itemId, String title, String category) {
    return new CatalogItem(
        itemId,
        title,
        category,
        null,
        NO_ATTRIBUTES,
        Status.ACTIVE,
        false,
        Prices.NONE,
        Supply.NONE,
        null);
  }
}
