package io.millrace.features.alert;

import io.millrace.features.alert.Suspicion.Participant;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.RiskReason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the state value of an entity. Suspicions in a row name much the same events, so a text
 * stands there once, in a table ahead of the rest, and a time is what lies between it and the one
 * before.
 */
final class StateWriter {
  private final ByteWriter body = new ByteWriter(256);
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private long timeBefore;

  /** 0 to 255. */
  void small(int value) {
    body.writeByte(value);
  }

  /** 0 or more. */
  void count(long value) {
    body.writeVarLong(value);
  }

  void number(long value) {
    body.writeLong(value);
  }

  void time(long value) {
    body.writeSignedVarLong(value - timeBefore);
    timeBefore = value;
  }

  /** May be null. */
  void text(String value) {
    count(value == null ? 0 : texts.computeIfAbsent(value, each -> texts.size() + 1));
  }

  /** May be null. */
  void decimal(Double value) {
    small(value == null ? 0 : 1);
    if (value != null) {
      number(Double.doubleToRawLongBits(value));
    }
  }

  void reasons(List<RiskReason> reasons) {
    count(reasons.size());
    for (RiskReason each : reasons) {
      text(each.code());
      text(each.feature());
      decimal(each.value());
      decimal(each.baseline());
      decimal(each.contribution());
    }
  }

  void participants(Collection<Participant> participants) {
    count(participants.size());
    for (Participant each : participants) {
      text(each.eventId());
      text(each.visitorId());
      text(each.orderId());
      time(each.time());
    }
  }

  byte[] toBytes(int layout) {
    ByteWriter out = new ByteWriter(body.length() + 32 * texts.size() + 16);
    out.writeByte(layout);
    out.writeVarLong(texts.size());
    texts.keySet().forEach(out::writeText);
    out.writeBytes(body);
    return out.toBytes();
  }
}
