package io.millrace.operators.fraud;

import io.millrace.features.event.Erasure;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news, version 1: whether it is a rule, then the rule or the erasure. */
final class VisitorNewsSerializer extends FlatSerializer<VisitorNews> {
  private static final FlatSerializer<AdmittedRule> RULE = AdmittedRule.TYPE.serializer();
  private static final FlatSerializer<Erasure> ERASURE = EventTypes.ERASURE.serializer();

  @Override
  public void serialize(VisitorNews news, DataOutputView target) throws IOException {
    target.writeBoolean(news.rule() != null);
    if (news.rule() != null) {
      RULE.serialize(news.rule(), target);
    } else {
      ERASURE.serialize(news.erasure(), target);
    }
  }

  @Override
  public VisitorNews deserialize(DataInputView source) throws IOException {
    return source.readBoolean()
        ? VisitorNews.of(RULE.deserialize(source))
        : VisitorNews.of(ERASURE.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<VisitorNews> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<VisitorNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new VisitorNewsSerializer());
    }
  }
}
