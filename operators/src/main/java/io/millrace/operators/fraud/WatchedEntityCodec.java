package io.millrace.operators.fraud;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.fraud.SpendingRisk;
import io.millrace.features.rule.RuleBook;
import io.millrace.features.rule.RuleMemory;
import io.millrace.features.session.Hashes;
import io.millrace.features.watch.KindSignals;
import io.millrace.features.watch.SignalPlan;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.types.FlatData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * An entity's bytes, version 1: the name of the ways in which spending is remembered and each with
 * its length, the features with theirs, what rules know with its length, and the events that wait.
 * Spending remembered in other ways starts anew; the rest goes on.
 */
final class WatchedEntityCodec implements StateCodec<WatchedEntity> {
  private static final int LAYOUT = 1;

  private final KindSignals signals;
  private final String spendingPrint;
  private final String fingerprint;
  private final Layouts layouts;
  private final int maxRows;
  private final RuleBook rules;
  private final DataOutputSerializer out = new DataOutputSerializer(1_024);

  /**
   * @param layouts of the features, null where there are none
   * @param rules that there are
   */
  WatchedEntityCodec(Entity kind, SignalPlan plan, Layouts layouts, int maxRows, RuleBook rules) {
    this.signals = plan.signals(kind);
    this.spendingPrint = HexFormat.of().toHexDigits(Hashes.of(signals.spendingPrint()));
    this.fingerprint = plan.declaration().fingerprint();
    this.layouts = layouts;
    this.maxRows = maxRows;
    this.rules = rules;
  }

  @Override
  public WatchedEntity empty() {
    return new WatchedEntity(
        this, newSpending(), newFeatures(), new RuleMemory(), new AwaitedEvents());
  }

  List<SpendingRisk> newSpending() {
    List<SpendingRisk> spending = new ArrayList<>();
    for (int i = 0; i < signals.spendings(); i++) {
      spending.add(signals.newSpending(i));
    }
    return spending;
  }

  EntityFeatures newFeatures() {
    return layouts == null ? null : new EntityFeatures(layouts, maxRows);
  }

  @Override
  public byte[] encode(WatchedEntity entity) {
    if (entity.isEmpty()) {
      return null;
    }
    boolean spent = entity.hasSpent();
    try {
      out.clear();
      out.writeByte(LAYOUT);
      FlatData.writeText(spent ? spendingPrint : "", out);
      if (spent) {
        FlatData.writeVarint(entity.spending().size(), out);
        for (SpendingRisk each : entity.spending()) {
          FlatData.writeBytes(each.toBytes(), out);
        }
      }
      FlatData.writeBytes(entity.hasFeatures() ? entity.features().toBytes() : new byte[0], out);
      ByteWriter known = new ByteWriter(64);
      entity.rules().write(known, rules);
      FlatData.writeBytes(known.toBytes(), out);
      entity.awaited().write(out, fingerprint);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("an entity's state cannot be written", e);
    }
  }

  @Override
  public WatchedEntity decode(byte[] bytes) {
    try {
      DataInputDeserializer in = new DataInputDeserializer(bytes);
      int layout = in.readByte();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "a watched entity has layout version %d; this release reads %d: restore with the release that wrote it"
                .formatted(layout, LAYOUT));
      }
      List<SpendingRisk> spending = readSpending(in);
      byte[] features = FlatData.readBytes(in);
      RuleMemory known = RuleMemory.read(new ByteReader(FlatData.readBytes(in)));
      return new WatchedEntity(
          this,
          spending,
          features.length == 0 || layouts == null
              ? newFeatures()
              : EntityFeatures.ofBytes(features, layouts, maxRows),
          known,
          AwaitedEvents.read(in, fingerprint));
    } catch (IOException e) {
      throw new UncheckedIOException("an entity's state cannot be read", e);
    }
  }

  private List<SpendingRisk> readSpending(DataInputDeserializer in) throws IOException {
    String written = FlatData.readText(in);
    if (written.isEmpty()) {
      return newSpending();
    }
    int count = FlatData.readVarint(in);
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(FlatData.readBytes(in));
    }
    if (!written.equals(spendingPrint)) {
      return newSpending();
    }
    List<SpendingRisk> spending = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      spending.add(signals.spendingOfBytes(i, values.get(i)));
    }
    return spending;
  }
}
