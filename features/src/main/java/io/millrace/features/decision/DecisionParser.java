package io.millrace.features.decision;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one decision while it is read. The lists share their fields, so one pass serves
 * them all; each then takes what it has.
 */
final class DecisionParser extends ObjectParser {
  private final List<Item> items = new ArrayList<>();
  private String visitorId;
  private String itemId;
  private Long eventTime;
  private String bucket;
  private Long modelVersion;

  DecisionParser(JsonParser json) {
    super(json);
  }

  private record Item(String id, double score, RecommendationList.Reason reason, Evidence proof) {}

  @Override
  void readField() throws IOException {
    switch (json.currentName()) {
      case "visitor_id" -> visitorId = text();
      case "item_id" -> itemId = text();
      case "event_time" -> eventTime = integer();
      case "bucket" -> bucket = text();
      case "model_version" -> modelVersion = integer();
      case "items" -> readItems();
      default -> json.skipChildren();
    }
  }

  RecommendationList recommendations() throws IOException {
    require("event_time", eventTime);
    require("visitor_id", visitorId);
    List<RecommendationList.Item> list = new ArrayList<>(items.size());
    for (Item item : items) {
      require("reason", item.reason());
      list.add(new RecommendationList.Item(item.id(), item.score(), item.reason()));
    }
    return new RecommendationList(version, visitorId, eventTime, bucket, modelVersion, list);
  }

  SimilarItems similarItems() throws IOException {
    require("item_id", itemId);
    List<SimilarItems.Item> list = new ArrayList<>(items.size());
    for (Item item : items) {
      list.add(new SimilarItems.Item(item.id(), item.score(), item.proof()));
    }
    return new SimilarItems(version, itemId, list);
  }

  BundleList bundle() throws IOException {
    require("item_id", itemId);
    List<BundleList.Item> list = new ArrayList<>(items.size());
    for (Item item : items) {
      list.add(new BundleList.Item(item.id(), item.score(), item.proof()));
    }
    return new BundleList(version, itemId, list);
  }

  TrendList trend() {
    List<TrendList.Item> list = new ArrayList<>(items.size());
    for (Item item : items) {
      list.add(new TrendList.Item(item.id(), item.score()));
    }
    return new TrendList(version, list);
  }

  private void readItems() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw fault("items is not an array");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw fault("an item is not an object");
      }
      items.add(item());
    }
  }

  private Item item() throws IOException {
    String id = null;
    Double score = null;
    RecommendationList.Reason reason = null;
    Evidence proof = null;
    while (nextField()) {
      switch (json.currentName()) {
        case "item_id" -> id = text();
        case "score" -> score = number();
        case "reason" -> reason = reason();
        case "evidence" -> proof = evidence();
        default -> json.skipChildren();
      }
    }
    require("items.item_id", id);
    require("items.score", score);
    return new Item(id, score, reason, proof);
  }

  private RecommendationList.Reason reason() throws IOException {
    String type = null;
    String item = null;
    Evidence evidence = null;
    enterObject("reason");
    while (nextField()) {
      switch (json.currentName()) {
        case "type" -> type = text();
        case "item_id" -> item = text();
        case "evidence" -> evidence = evidence();
        default -> json.skipChildren();
      }
    }
    require("reason.type", type);
    return new RecommendationList.Reason(ReasonType.ofWireName(type), item, evidence);
  }

  /** Null where the counts are not both there: evidence is something to show, not to rely on. */
  private Evidence evidence() throws IOException {
    Evidence.Unit unit = null;
    Long count = null;
    Long of = null;
    enterObject("evidence");
    while (nextField()) {
      switch (json.currentName()) {
        case "sessions" -> {
          unit = Evidence.Unit.SESSIONS;
          count = integer();
        }
        case "orders" -> {
          unit = Evidence.Unit.ORDERS;
          count = integer();
        }
        case "of" -> of = integer();
        default -> json.skipChildren();
      }
    }
    return count == null || of == null
        ? null
        : new Evidence(unit, Math.toIntExact(count), Math.toIntExact(of));
  }
}
