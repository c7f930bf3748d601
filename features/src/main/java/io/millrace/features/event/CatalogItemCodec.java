package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Promotion;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON form of {@link CatalogItem}: strict on what the contract requires and on the type and
 * range of every field it knows, indifferent to fields it does not know. Instances are cheap and
 * safe for use by many threads; they serialize if their clock does.
 */
public final class CatalogItemCodec implements Serializable {
  /** Most attributes of one item. */
  public static final int MAX_ATTRIBUTES = 64;

  /** Longest value of an attribute, in characters. */
  public static final int MAX_ATTRIBUTE_CHARS = 512;

  /** Most promotions of one item. */
  public static final int MAX_PROMOTIONS = 100;

  /** Largest stock, in pieces. */
  public static final long MAX_STOCK = 1_000_000_000;

  /** Longest lead time, in days. */
  public static final int MAX_LEAD_TIME_DAYS = 3_650;

  private final FieldReader reader;

  /** A codec that takes times up to an hour ahead of {@code clock}, planned ones up to 5 years. */
  public CatalogItemCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one item.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid item; names the field and the remedy
   */
  public CatalogItem decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toItem();
  }

  /** Writes one item; absent fields are left out. */
  public static byte[] encode(CatalogItem item) {
    return EventWriter.toBytes(
        out -> {
          out.text("item_id", item.itemId());
          out.text("title", item.title());
          out.text("category", item.category());
          out.text("brand", item.brand());
          if (!item.attributes().isEmpty()) {
            out.object("attributes", to -> encode(item.attributes(), to));
          }
          out.text("status", item.status().wireName());
          out.flag("adult", item.adult());
          encode(item.prices(), out);
          encode(item.supply(), out);
          out.number("updated_at", item.updatedAt());
        });
  }

  private static void encode(SortedMap<String, String> attributes, EventWriter out)
      throws IOException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      out.text(attribute.getKey(), attribute.getValue());
    }
  }

  private static void encode(Prices prices, EventWriter out) throws IOException {
    out.text("currency", prices.currency());
    out.number("list_price", prices.listPrice());
    out.number("cost", prices.cost());
    out.flag("cost_unknown_ok", prices.costUnknownOk());
    out.number("min_price", prices.minPrice());
    out.number("max_price", prices.maxPrice());
    out.number("map_price", prices.mapPrice());
    out.objects(
        "promotions",
        prices.promotions().stream().<EventWriter.Fields>map(p -> to -> encode(p, to)).toList());
  }

  private static void encode(Promotion promotion, EventWriter out) throws IOException {
    out.number("from", promotion.from());
    out.number("to", promotion.to());
    out.text("label", promotion.label());
  }

  private static void encode(Supply supply, EventWriter out) throws IOException {
    out.number("stock", supply.stock());
    out.number("next_delivery_at", supply.nextDeliveryAt());
    out.number("season_end", supply.seasonEnd());
    out.number("lead_time_days", supply.leadTimeDays());
  }

  /** The fields of one item while it is read. */
  private final class Fields {
    private String itemId;
    private String title;
    private String category;
    private String brand;
    private SortedMap<String, String> attributes = new TreeMap<>();
    private Status status = Status.ACTIVE;
    private boolean adult;
    private final PriceFields prices = new PriceFields();
    private Long stock;
    private Long nextDeliveryAt;
    private Long seasonEnd;
    private Integer leadTimeDays;
    private Long updatedAt;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "item_id" -> itemId = reader.id(field, json);
        case "title" -> title = reader.text(field, json);
        case "category" -> category = CategoryPath.checked(field, reader.text(field, json));
        case "brand" -> brand = reader.id(field, json);
        case "attributes" -> attributes = attributes(field, json);
        case "status" -> status = reader.name(field, json, Status.NAMES);
        case "adult" -> adult = reader.flag(field, json);
        case "updated_at" -> updatedAt = reader.time(field, json);
        case "stock" -> stock = reader.whole(field, json, 0, MAX_STOCK);
        case "next_delivery_at" -> nextDeliveryAt = reader.plannedTime(field, json);
        case "season_end" -> seasonEnd = reader.plannedTime(field, json);
        case "lead_time_days" ->
            leadTimeDays = (int) reader.whole(field, json, 0, MAX_LEAD_TIME_DAYS);
        default -> prices.read(field, json);
      }
    }

    private SortedMap<String, String> attributes(String field, JsonParser json)
        throws IOException, InvalidEventException {
      SortedMap<String, String> read = new TreeMap<>();
      EventReader.readObject(
          field,
          json,
          (name, value) -> {
            checkName(field, name);
            read.put(name, reader.scalar("attributes." + name, value, MAX_ATTRIBUTE_CHARS));
            if (read.size() > MAX_ATTRIBUTES) {
              throw new InvalidEventException(
                  Reason.OUT_OF_RANGE,
                  field,
                  "attributes has more than "
                      + MAX_ATTRIBUTES
                      + " of them; send the ones to go by");
            }
          });
      return read;
    }

    private void checkName(String field, String name) throws InvalidEventException {
      int bytes = EventReader.utf8Length(field, name);
      if (bytes == 0 || bytes > FieldReader.MAX_ID_BYTES) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE,
            field,
            "a name in attributes has "
                + bytes
                + " bytes; send names of 1 to "
                + FieldReader.MAX_ID_BYTES);
      }
    }

    private CatalogItem toItem() throws InvalidEventException {
      EventReader.require("item_id", itemId);
      return new CatalogItem(
          itemId,
          title,
          category,
          brand,
          attributes,
          status,
          adult,
          prices.toPrices(),
          supply(),
          updatedAt);
    }

    private Supply supply() {
      Supply read = new Supply(stock, nextDeliveryAt, seasonEnd, leadTimeDays);
      return read.equals(Supply.NONE) ? Supply.NONE : read;
    }
  }

  /** The fields about prices while an item is read. */
  private final class PriceFields {
    private String currency;
    private Double listPrice;
    private Double cost;
    private boolean costUnknownOk;
    private Double minPrice;
    private Double maxPrice;
    private Double mapPrice;
    private List<Promotion> promotions = List.of();

    /** The first amount there was, for the message if its currency is missing. */
    private String amount;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "currency" -> currency = reader.currency(field, json);
        case "list_price" -> listPrice = amount(field, json);
        case "cost" -> cost = amount(field, json);
        case "cost_unknown_ok" -> costUnknownOk = reader.flag(field, json);
        case "min_price" -> minPrice = amount(field, json);
        case "max_price" -> maxPrice = amount(field, json);
        case "map_price" -> mapPrice = amount(field, json);
        case "promotions" -> promotions = promotions(field, json);
        default -> json.skipChildren();
      }
    }

    private double amount(String field, JsonParser json) throws IOException, InvalidEventException {
      double value = reader.amount(field, json);
      amount = amount == null ? field : amount;
      return value;
    }

    private List<Promotion> promotions(String field, JsonParser json)
        throws IOException, InvalidEventException {
      List<Promotion> read = new ArrayList<>();
      EventReader.readArray(
          field,
          json,
          MAX_PROMOTIONS,
          "promotions",
          element -> {
            PromotionFields promotion = new PromotionFields();
            EventReader.readObject(field, element, promotion::read);
            read.add(promotion.toPromotion());
          });
      return read;
    }

    private Prices toPrices() throws InvalidEventException {
      if (amount != null && currency == null) {
        throw new InvalidEventException(
            Reason.MISSING_FIELD,
            "currency",
            "currency is missing beside " + amount + "; name the currency of the prices");
      }
      if (minPrice != null && maxPrice != null && minPrice > maxPrice) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE,
            "min_price",
            "min_price is "
                + minPrice
                + " and max_price "
                + maxPrice
                + "; send a min_price that is no greater");
      }
      Prices read =
          new Prices(
              currency, listPrice, cost, costUnknownOk, minPrice, maxPrice, mapPrice, promotions);
      return read.equals(Prices.NONE) ? Prices.NONE : read;
    }
  }

  /** The fields of one promotion while it is read; named as the contract writes them. */
  private final class PromotionFields {
    private Long from;
    private Long to;
    private String label;

    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "from" -> from = reader.plannedTime("promotions[].from", json);
        case "to" -> to = reader.plannedTime("promotions[].to", json);
        case "label" -> label = reader.text("promotions[].label", json);
        default -> json.skipChildren();
      }
    }

    private Promotion toPromotion() throws InvalidEventException {
      EventReader.require("promotions[].from", from);
      EventReader.require("promotions[].to", to);
      if (to <= from) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE,
            "promotions[].to",
            "promotions[].to is " + to + " and from " + from + "; send an end after the beginning");
      }
      return new Promotion(from, to, label);
    }
  }
}
