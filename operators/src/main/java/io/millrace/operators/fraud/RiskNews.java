package io.millrace.operators.fraud;

import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.Collector;

/**
 * Something that moves the risk of a visitor.
 *
 * @param kind what it is
 * @param visitor whose
 * @param time event time, milliseconds since the epoch
 * @param tie orders scores of one millisecond
 * @param score of an order, else 0
 * @param alertId of an alert, else empty
 * @param severity of an alert, else null
 */
record RiskNews(
    Kind kind,
    String visitor,
    long time,
    long tie,
    double score,
    String alertId,
    Severity severity) {
  static final FlatTypeInfo<RiskNews> TYPE = new FlatTypeInfo<>(RiskNews.class, new Serializer());

  /** The order of the constants is part of the serialized form. */
  enum Kind {
    SCORE,
    ALERT_OPEN,
    ALERT_CLOSED
  }

  static RiskNews of(ScoredOrder order) {
    return new RiskNews(
        Kind.SCORE, order.visitorId(), order.time(), order.tie(), order.probability(), "", null);
  }

  /** One for each visitor whom an alert names; a trial or a snooze moves nobody's risk. */
  static void of(FraudAlert alert, Collector<RiskNews> out) {
    boolean open =
        alert.state() != FraudAlert.State.CLOSE && !alert.shadow() && alert.suppressedBy() == null;
    Kind kind = open ? Kind.ALERT_OPEN : Kind.ALERT_CLOSED;
    for (String visitor : alert.visitorIds()) {
      out.collect(
          new RiskNews(kind, visitor, alert.eventTime(), 0, 0, alert.alertId(), alert.severity()));
    }
  }

  /** Bytes of news, version 1: the fields in order. */
  static final class Serializer extends FlatSerializer<RiskNews> {
    private static final Kind[] KINDS = Kind.values();
    private static final Severity[] SEVERITIES = Severity.values();

    @Override
    public void serialize(RiskNews news, DataOutputView target) throws IOException {
      target.writeByte(news.kind.ordinal());
      FlatData.writeText(news.visitor, target);
      target.writeLong(news.time);
      target.writeLong(news.tie);
      target.writeDouble(news.score);
      FlatData.writeText(news.alertId, target);
      target.writeByte(news.severity == null ? -1 : news.severity.ordinal());
    }

    @Override
    public RiskNews deserialize(DataInputView source) throws IOException {
      Kind kind = KINDS[source.readByte()];
      String visitor = FlatData.readText(source);
      long time = source.readLong();
      long tie = source.readLong();
      double score = source.readDouble();
      String alert = FlatData.readText(source);
      int severity = source.readByte();
      return new RiskNews(
          kind, visitor, time, tie, score, alert, severity < 0 ? null : SEVERITIES[severity]);
    }

    @Override
    public TypeSerializerSnapshot<RiskNews> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<RiskNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new Serializer());
    }
  }
}
