package io.millrace.operators.types;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Promotion;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of an item, version 1: status, flags, item id, texts (title, category, brand, currency),
 * amounts (list price, cost, lowest, highest, advertised), whole numbers (stock, next delivery,
 * season end, lead time, update), the attributes and the promotions.
 */
final class CatalogItemSerializer extends FlatSerializer<CatalogItem> {
  private static final int ADULT = 1;
  private static final int COST_UNKNOWN_OK = 1 << 1;

  private static final Status[] STATUSES = Status.values();

  @Override
  public void serialize(CatalogItem item, DataOutputView target) throws IOException {
    Prices prices = item.prices();
    Supply supply = item.supply();
    Integer leadTimeDays = supply.leadTimeDays();
    target.writeByte(item.status().ordinal());
    target.writeByte((item.adult() ? ADULT : 0) | (prices.costUnknownOk() ? COST_UNKNOWN_OK : 0));
    FlatData.writeText(item.itemId(), target);
    OptionalFields.writeTexts(
        target, item.title(), item.category(), item.brand(), prices.currency());
    OptionalFields.writeDoubles(
        target,
        prices.listPrice(),
        prices.cost(),
        prices.minPrice(),
        prices.maxPrice(),
        prices.mapPrice());
    OptionalFields.writeLongs(
        target,
        supply.stock(),
        supply.nextDeliveryAt(),
        supply.seasonEnd(),
        leadTimeDays == null ? null : Long.valueOf(leadTimeDays),
        item.updatedAt());
    writeAttributes(item.attributes(), target);
    FlatData.writeVarint(prices.promotions().size(), target);
    for (Promotion promotion : prices.promotions()) {
      target.writeLong(promotion.from());
      target.writeLong(promotion.to());
      OptionalFields.writeTexts(target, promotion.label());
    }
  }

  @Override
  public CatalogItem deserialize(DataInputView source) throws IOException {
    Status status = STATUSES[source.readByte()];
    int flags = source.readByte();
    String itemId = FlatData.readText(source);
    String[] texts = OptionalFields.readTexts(4, source);
    Double[] amounts = OptionalFields.readDoubles(5, source);
    Long[] numbers = OptionalFields.readLongs(5, source);
    SortedMap<String, String> attributes = readAttributes(source);
    Prices prices =
        new Prices(
            texts[3],
            amounts[0],
            amounts[1],
            (flags & COST_UNKNOWN_OK) != 0,
            amounts[2],
            amounts[3],
            amounts[4],
            List.of(readPromotions(source)));
    Supply supply =
        new Supply(
            numbers[0],
            numbers[1],
            numbers[2],
            numbers[3] == null ? null : Integer.valueOf(numbers[3].intValue()));
    return new CatalogItem(
        itemId,
        texts[0],
        texts[1],
        texts[2],
        attributes,
        status,
        (flags & ADULT) != 0,
        prices.equals(Prices.NONE) ? Prices.NONE : prices,
        supply.equals(Supply.NONE) ? Supply.NONE : supply,
        numbers[4]);
  }

  @Override
  public TypeSerializerSnapshot<CatalogItem> snapshotConfiguration() {
    return new Snapshot();
  }

  private static void writeAttributes(SortedMap<String, String> attributes, DataOutputView target)
      throws IOException {
    FlatData.writeVarint(attributes.size(), target);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      FlatData.writeText(attribute.getKey(), target);
      FlatData.writeText(attribute.getValue(), target);
    }
  }

  private static SortedMap<String, String> readAttributes(DataInputView source) throws IOException {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int n = FlatData.readVarint(source); n > 0; n--) {
      attributes.put(FlatData.readText(source), FlatData.readText(source));
    }
    return attributes;
  }

  private static Promotion[] readPromotions(DataInputView source) throws IOException {
    Promotion[] promotions = new Promotion[FlatData.readVarint(source)];
    for (int i = 0; i < promotions.length; i++) {
      promotions[i] =
          new Promotion(
              source.readLong(), source.readLong(), OptionalFields.readTexts(1, source)[0]);
    }
    return promotions;
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<CatalogItem> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new CatalogItemSerializer());
    }
  }
}
