package io.millrace.features.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.event.InvalidEventException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
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

  private final EventReader reader;

  /** A codec that takes event times up to an hour ahead of {@code clock}. */
  public ClickCodec(Clock clock) {
    this.reader = new EventReader(clock);
  }

  /**
   * Reads one event.
   *
   * @param payload UTF-8 JSON, may be null (an empty message)
   * @throws InvalidEventException if it is not a valid click; names the field and the remedy
   */
  public Click decode(byte[] payload) throws InvalidEventException {
    Fields fields = new Fields();
    reader.readObject(payload, fields::read);
    return fields.toClick();
  }

  /** Writes one event; absent fields are left out. */
  public static byte[] encode(Click click) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = EventReader.JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("event_id", click.eventId());
      json.writeStringField("event_type", click.type().wireName());
      json.writeNumberField("event_time", click.eventTime());
      json.writeStringField("visitor_id", click.visitorId());
      writeIfPresent(json, "item_id", click.itemId());
      if (!click.itemIds().isEmpty()) {
        json.writeArrayFieldStart("item_ids");
        for (String item : click.itemIds()) {
          json.writeString(item);
        }
        json.writeEndArray();
      }
      writeIfPresent(json, "session_id", click.sessionId());
      encodeDetails(json, click.details());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static void encodeDetails(JsonGenerator json, Click.Details details) throws IOException {
    if (details == Click.Details.NONE) {
      return;
    }
    writeIfPresent(json, "query", details.query());
    writeIfPresent(json, "user_id", details.userId());
    if (details.quantity() != null) {
      json.writeNumberField("quantity", details.quantity());
    }
    if (details.price() != null) {
      json.writeNumberField("price", details.price());
    }
    writeIfPresent(json, "price_version", details.priceVersion());
    writeIfPresent(json, "currency", details.currency());
    if (details.index() != null) {
      json.writeNumberField("index", details.index());
    }
    writeIfPresent(json, "served_version", details.servedVersion());
    writeIfPresent(json, "channel", details.channel());
    writeIfPresent(json, "region", details.region());
    writeIfPresent(json, "device_id", details.deviceId());
    writeIfPresent(json, "ip", details.ip());
    writeIfPresent(json, "user_agent", details.userAgent());
  }

  private static void writeIfPresent(JsonGenerator json, String name, String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
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
        case "event_type" -> type = type(field, json);
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

    private ClickType type(String field, JsonParser json)
        throws IOException, InvalidEventException {
      String name = reader.text(field, json);
      ClickType known = ClickType.ofWireName(name);
      if (known == null) {
        throw new InvalidEventException(
            Reason.UNKNOWN_VALUE,
            field,
            "event_type is '"
                + EventReader.shorten(name)
                + "'; send one of view_item, view_item_list, select_item, search, add_to_cart,"
                + " remove_from_cart, add_to_wishlist, view_cart, begin_checkout");
      }
      return known;
    }

    private List<String> items(String field, JsonParser json)
        throws IOException, InvalidEventException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw EventReader.wrongType(field, json, "an array of item ids");
      }
      List<String> items = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (items.size() == MAX_LIST_ITEMS) {
          throw new InvalidEventException(
              Reason.OUT_OF_RANGE,
              field,
              "item_ids names more than " + MAX_LIST_ITEMS + " items; send the ones shown");
        }
        items.add(reader.id(field, json));
      }
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
