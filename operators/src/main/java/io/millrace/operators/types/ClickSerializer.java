package io.millrace.operators.types;

import io.millrace.features.event.Click;
import io.millrace.features.event.Click.Details;
import io.millrace.features.event.ClickType;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of a click, version 1: type, presence bits (varint), event time, event id, visitor id, then
 * each field that is present, in the order of the bits. A view of an item takes 13 bytes and its
 * ids.
 */
final class ClickSerializer extends FlatSerializer<Click> {
  private static final int ITEM = 1;
  private static final int ITEMS = 1 << 1;
  private static final int SESSION = 1 << 2;
  private static final int QUANTITY = 1 << 3;
  private static final int PRICE = 1 << 4;
  private static final int INDEX = 1 << 5;
  private static final int FIRST_TEXT = 6;
  private static final int TEXTS = 10;
  private static final int DETAILS = -(1 << 3);

  private static final ClickType[] TYPES = ClickType.values();

  @Override
  public void serialize(Click click, DataOutputView target) throws IOException {
    Details details = click.details();
    String[] texts = details == Details.NONE ? null : texts(details);
    int present = presence(click, texts);
    target.writeByte(click.type().ordinal());
    FlatData.writeVarint(present, target);
    target.writeLong(click.eventTime());
    FlatData.writeText(click.eventId(), target);
    FlatData.writeText(click.visitorId(), target);
    if ((present & ITEM) != 0) {
      FlatData.writeText(click.itemId(), target);
    }
    if ((present & ITEMS) != 0) {
      FlatData.writeTexts(click.itemIds(), target);
    }
    if ((present & SESSION) != 0) {
      FlatData.writeText(click.sessionId(), target);
    }
    if ((present & DETAILS) != 0) {
      writeDetails(details, texts, present, target);
    }
  }

  @Override
  public Click deserialize(DataInputView source) throws IOException {
    ClickType type = TYPES[source.readByte()];
    int present = FlatData.readVarint(source);
    long eventTime = source.readLong();
    String eventId = FlatData.readText(source);
    String visitorId = FlatData.readText(source);
    return new Click(
        eventId,
        type,
        eventTime,
        visitorId,
        (present & ITEM) != 0 ? FlatData.readText(source) : null,
        (present & ITEMS) != 0 ? FlatData.readTexts(source) : List.of(),
        (present & SESSION) != 0 ? FlatData.readText(source) : null,
        (present & DETAILS) != 0 ? readDetails(present, source) : Details.NONE);
  }

  @Override
  public TypeSerializerSnapshot<Click> snapshotConfiguration() {
    return new Snapshot();
  }

  private static int presence(Click click, String[] texts) {
    int present =
        (click.itemId() != null ? ITEM : 0)
            | (click.itemIds().isEmpty() ? 0 : ITEMS)
            | (click.sessionId() != null ? SESSION : 0);
    if (texts == null) {
      return present;
    }
    Details details = click.details();
    present |=
        (details.quantity() != null ? QUANTITY : 0)
            | (details.price() != null ? PRICE : 0)
            | (details.index() != null ? INDEX : 0);
    for (int i = 0; i < TEXTS; i++) {
      present |= texts[i] != null ? 1 << FIRST_TEXT + i : 0;
    }
    return present;
  }

  private static String[] texts(Details details) {
    return new String[] {
      details.query(),
      details.userId(),
      details.priceVersion(),
      details.currency(),
      details.servedVersion(),
      details.channel(),
      details.region(),
      details.deviceId(),
      details.ip(),
      details.userAgent()
    };
  }

  private static void writeDetails(
      Details details, String[] texts, int present, DataOutputView target) throws IOException {
    if ((present & QUANTITY) != 0) {
      FlatData.writeVarint(details.quantity(), target);
    }
    if ((present & PRICE) != 0) {
      target.writeDouble(details.price());
    }
    if ((present & INDEX) != 0) {
      FlatData.writeVarint(details.index(), target);
    }
    for (String text : texts) {
      if (text != null) {
        FlatData.writeText(text, target);
      }
    }
  }

  private static Details readDetails(int present, DataInputView source) throws IOException {
    Integer quantity = (present & QUANTITY) != 0 ? FlatData.readVarint(source) : null;
    Double price = (present & PRICE) != 0 ? source.readDouble() : null;
    Integer index = (present & INDEX) != 0 ? FlatData.readVarint(source) : null;
    String[] texts = new String[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = (present & 1 << FIRST_TEXT + i) != 0 ? FlatData.readText(source) : null;
    }
    return new Details(
        texts[0], texts[1], quantity, price, texts[2], texts[3], index, texts[4], texts[5],
        texts[6], texts[7], texts[8], texts[9]);
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<Click> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ClickSerializer());
    }
  }
}
