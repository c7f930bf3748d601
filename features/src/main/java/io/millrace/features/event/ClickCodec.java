package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonParser;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of {@link Click}: strict on what the contract requires and on the type and range of
 * every field it knows, indifferent to fields it does not know. Instances are cheap and safe for
 * use by many threads; they serialize if their clock does.
 */
public final class ClickCodec implements Serializable {
  /** Most items that one list view may name. */
  public static final int MAX_LIST_ITEMS = 1_000;

  private final FieldReader reader;

  /** A codec that takes event times up to an hour ahead of {@code clock}. */
  public ClickCodec(Clock clock) {
    this.reader = new FieldReader(clock);
  }

  /**
   * Reads one event.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid click; names the field and the remedy
   */
  public Click decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    EventReader.readObject(payload, fields::read);
    return fields.toClick();
  }

  /** Writes one event; absent fields are left out. */
  public static byte[] encode(Click click) {
    return EventWriter.toBytes(
        out -> {
          out.text("event_id", click.eventId());
          out.text("event_type", click.type().wireName());
          out.number("event_time", click.eventTime());
          out.text("visitor_id", click.visitorId());
          out.text("item_id", click.itemId());
          out.texts("item_ids", click.itemIds());
          out.text("session_id", click.sessionId());
          if (click.details() != Click.Details.NONE) {
            encode(click.details(), out);
          }
        });
  }

  private static void encode(Click.Details details, EventWriter out) throws IOException {
    out.text("query", details.query());
    out.text("user_id", details.userId());
    out.number("quantity", details.quantity());
    out.number("price", details.price());
    out.text("price_version", details.priceVersion());
    out.text("currency", details.currency());
    out.number("index", details.index());
    out.text("served_version", details.servedVersion());
    out.text("channel", details.channel());
    out.text("region", details.region());
    out.text("device_id", details.deviceId());
    out.text("ip", details.ip());
    out.text("user_agent", details.userAgent());
  }

  /** The fields of one event while it is read. */
  private final class Fields {
    private String eventId;
    private ClickType type;
    private Long eventTime;
    private String visitorId;
    private String itemId;
    private List<String> itemIds;
    private String sessionId;
    private String query;
    private String userId;
    private Integer quantity;
    private Double price;
    private String priceVersion;
    private String currency;
    private Integer index;
    private String servedVersion;
    private String channel;
    private String region;
    private String deviceId;
    private String ip;
    private String userAgent;
    private boolean detailed;

    /** Reads the value of one field; the parser stands on it and it is not null. */
    private void read(String field, JsonParser json) throws IOException, InvalidEventException {
      switch (field) {
        case "event_id" -> eventId = reader.id(field, json);
        case "event_type" -> type = reader.name(field, json, ClickType.NAMES);
        case "event_time" -> eventTime = reader.time(field, json);
        case "visitor_id" -> visitorId = reader.id(field, json);
        case "item_id" -> itemId = reader.id(field, json);
        case "item_ids" -> itemIds = items(field, json);
        case "session_id" -> sessionId = reader.id(field, json);
        default -> readDetail(field, json);
      }
    }

    private void readDetail(String field, JsonParser json)
        throws IOException, InvalidEventException {
      switch (field) {
        case "query" -> query = reader.text(field, json);
        case "user_id" -> userId = reader.id(field, json);
        case "quantity" -> quantity = reader.integer(field, json, 1);
        case "price" -> price = reader.amount(field, json);
        case "price_version" -> priceVersion = reader.id(field, json);
        case "currency" -> currency = reader.currency(field, json);
        case "index" -> index = reader.integer(field, json, 0);
        case "served_version" -> servedVersion = reader.id(field, json);
        case "channel" -> channel = reader.text(field, json);
        case "region" -> region = reader.text(field, json);
        case "device_id" -> deviceId = reader.id(field, json);
        case "ip" -> ip = reader.id(field, json);
        case "user_agent" -> userAgent = reader.text(field, json);
        default -> {
          json.skipChildren();
          return;
        }
      }
      detailed = true;
    }

    private List<String> items(String field, JsonParser json)
        throws IOException, InvalidEventException {
      List<String> items = new ArrayList<>();
      EventReader.readArray(
          field, json, MAX_LIST_ITEMS, "item ids", element -> items.add(reader.id(field, element)));
      return items;
    }

    private Click toClick() throws InvalidEventException {
      EventReader.require("event_id", eventId);
      EventReader.require("event_type", type);
      EventReader.require("event_time", eventTime);
      EventReader.require("visitor_id", visitorId);
      if (type.needsItem()) {
        EventReader.require("item_id", itemId);
      }
      if (type.needsItems()) {
        requireItems();
      }
      if (type == ClickType.SEARCH) {
        EventReader.require("query", query);
      }
      return new Click(
          eventId,
          type,
          eventTime,
          visitorId,
          type.needsItem() ? itemId : null,
          type.needsItems() ? itemIds : List.of(),
          sessionId,
          detailed ? details() : Click.Details.NONE);
    }

    private void requireItems() throws InvalidEventException {
      EventReader.require("item_ids", itemIds);
      if (itemIds.isEmpty()) {
        throw new InvalidEventException(
            Reason.OUT_OF_RANGE, "item_ids", "item_ids is empty; name the items shown");
      }
    }

    private Click.Details details() {
      return new Click.Details(
          query,
          userId,
          quantity,
          price,
          priceVersion,
          currency,
          index,
          servedVersion,
          channel,
          region,
          deviceId,
          ip,
          userAgent);
    }
  }
}
