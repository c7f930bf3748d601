package io.millrace.operators.fraud;

import io.millrace.features.decision.Band;
import io.millrace.features.decision.Version;
import io.millrace.features.decision.VisitorRisk;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The risk of a visitor: the score of the newest order, by time and tie, and the alerts that are
 * open.
 */
final class VisitorRiskState {
  /** Alerts that are named; of more those with the smallest ids. */
  private static final int MAX_ALERTS = 50;

  private long newest;
  private boolean scored;
  private long scoreTime;
  private long scoreTie;
  private double score;
  private final TreeSet<String> openAlerts = new TreeSet<>();

  boolean isEmpty() {
    return newest == 0;
  }

  void take(RiskNews news) {
    newest = Math.max(newest, news.time());
    switch (news.kind()) {
      case SCORE -> {
        if (!scored
            || news.time() > scoreTime
            || news.time() == scoreTime && news.tie() >= scoreTie) {
          scored = true;
          scoreTime = news.time();
          scoreTie = news.tie();
          score = news.score();
        }
      }
      case ALERT_OPEN -> openAlerts.add(news.alertId());
      case ALERT_CLOSED -> openAlerts.remove(news.alertId());
      case FORGET -> throw new IllegalArgumentException("a state is forgotten as a whole");
    }
  }

  void forget() {
    newest = 0;
    scored = false;
    openAlerts.clear();
  }

  VisitorRisk risk(String visitor, RiskPolicy policy, int epoch) {
    Band band = scored ? policy.band(score) : Band.LOW;
    return new VisitorRisk(
        Version.of(epoch, newest),
        visitor,
        scored ? score : null,
        openAlerts.isEmpty() ? band : Band.HIGH,
        openAlerts.stream().limit(MAX_ALERTS).toList());
  }

  /** Its bytes, version 1: the newest time, the score where there is one, and the alerts. */
  static final class Codec implements StateCodec<VisitorRiskState> {
    private static final int LAYOUT = 1;

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
        out.writeLong(state.newest);
        out.writeBoolean(state.scored);
        if (state.scored) {
          out.writeLong(state.scoreTime);
          out.writeLong(state.scoreTie);
          out.writeDouble(state.score);
        }
        FlatData.writeTexts(new ArrayList<>(state.openAlerts), out);
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
        state.newest = in.readLong();
        state.scored = in.readBoolean();
        if (state.scored) {
          state.scoreTime = in.readLong();
          state.scoreTie = in.readLong();
          state.score = in.readDouble();
        }
        List<String> alerts = FlatData.readTexts(in);
        state.openAlerts.addAll(alerts);
        return state;
      } catch (IOException e) {
        throw new UncheckedIOException("a visitor's risk cannot be read", e);
      }
    }
  }
}
