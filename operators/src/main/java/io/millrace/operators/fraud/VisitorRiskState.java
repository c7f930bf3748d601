package io.millrace.operators.fraud;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.Version;
import io.millrace.features.decision.VisitorRisk;
import io.millrace.features.event.FraudRule.Severity;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The risk of a visitor: the score of the newest order, by time and tie, and the alerts that are
 * open. The version is the time of that order; only a visitor without one has that of an alert.
 */
final class VisitorRiskState {
  /** Alerts that are known and named; of more those with the smallest ids. */
  private static final int MAX_ALERTS = 50;

  private boolean scored;
  private long time;
  private long tie;
  private double score;
  private final TreeMap<String, Open> alerts = new TreeMap<>();

  /**
   * @param time when it named the visitor last
   */
  private record Open(Severity severity, long time) {}

  boolean isEmpty() {
    return time == 0;
  }

  /** Event time of the version. */
  long time() {
    return time;
  }

  /**
   * @param alertsFor event time after which an alert that names the visitor no more counts as
   *     closed: it may name others alone by then
   */
  void take(RiskNews news, long alertsFor) {
    switch (news.kind()) {
      case SCORE -> score(news);
      case ALERT_OPEN -> {
        alerts.put(news.alertId(), new Open(news.severity(), news.time()));
        if (alerts.size() > MAX_ALERTS) {
          alerts.pollLastEntry();
        }
      }
      case ALERT_CLOSED -> alerts.remove(news.alertId());
    }
    if (!scored) {
      time = Math.max(time, news.time());
    }
    long newest = Math.max(time, alerts.values().stream().mapToLong(Open::time).max().orElse(0));
    alerts.values().removeIf(open -> open.time() < newest - alertsFor);
  }

  private void score(RiskNews news) {
    if (!scored || news.time() > time || news.time() == time && news.tie() >= tie) {
      scored = true;
      time = news.time();
      tie = news.tie();
      score = news.score();
    }
  }

  /** Forgets what was up to a time. */
  void forget(long upTo) {
    alerts.values().removeIf(open -> open.time() <= upTo);
    if (time <= upTo) {
      scored = false;
      time = alerts.values().stream().mapToLong(Open::time).max().orElse(0);
    }
  }

  VisitorRisk risk(String visitor, RiskPolicy policy, int epoch) {
    Band band = scored ? policy.band(score) : Band.LOW;
    for (Open open : alerts.values()) {
      Band ofAlert = RiskPolicy.band(open.severity());
      band = band.compareTo(ofAlert) >= 0 ? band : ofAlert;
    }
    return new VisitorRisk(
        Version.of(epoch, time),
        visitor,
        scored ? score : null,
        band,
        alerts.keySet().stream().toList());
  }

  /** Its bytes, version 1: the time, the score where there is one, and the alerts. */
  static final class Codec implements StateCodec<VisitorRiskState> {
    private static final int LAYOUT = 1;
    private static final Severity[] SEVERITIES = Severity.values();

    private final DataOutputSerializer out = new DataOutputSerializer(64);

    @Override
    public VisitorRiskState empty() {
      return new VisitorRiskState();
    }

    @Override
    public byte[] encode(VisitorRiskState state) {
      if (state.isEmpty()) {
        return null;
      }
      try {
        out.clear();
        out.writeByte(LAYOUT);
        out.writeLong(state.time);
        out.writeBoolean(state.scored);
        if (state.scored) {
          out.writeLong(state.tie);
          out.writeDouble(state.score);
        }
        FlatData.writeVarint(state.alerts.size(), out);
        for (Map.Entry<String, Open> alert : state.alerts.entrySet()) {
          FlatData.writeText(alert.getKey(), out);
          out.writeByte(alert.getValue().severity().ordinal());
          out.writeLong(alert.getValue().time());
        }
        return out.getCopyOfBuffer();
      } catch (IOException e) {
        throw new UncheckedIOException("a visitor's risk cannot be written", e);
      }
    }

    @Override
    public VisitorRiskState decode(byte[] bytes) {
      try {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int layout = in.readByte();
        if (layout != LAYOUT) {
          throw new IllegalStateException(
              "a visitor's risk has layout version %d; this release reads %d: restore with the release that wrote it"
                  .formatted(layout, LAYOUT));
        }
        VisitorRiskState state = new VisitorRiskState();
        state.time = in.readLong();
        state.scored = in.readBoolean();
        if (state.scored) {
          state.tie = in.readLong();
          state.score = in.readDouble();
        }
        for (int rest = FlatData.readVarint(in); rest > 0; rest--) {
          String id = FlatData.readText(in);
          state.alerts.put(id, new Open(SEVERITIES[in.readByte()], in.readLong()));
        }
        return state;
      } catch (IOException e) {
        throw new UncheckedIOException("a visitor's risk cannot be read", e);
      }
    }
  }
}
