package io.millrace.operators.profile;

import io.millrace.features.profile.Standing;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a draft, version 1: visitor, version, value, standing, origin. */
public final class ProfileDraftSerializer extends FlatSerializer<ProfileDraft> {
  private static final byte[] GONE = {};

  @Override
  public void serialize(ProfileDraft draft, DataOutputView target) throws IOException {
    FlatData.writeText(draft.visitor(), target);
    target.writeLong(draft.time());
    FlatData.writeBytes(draft.isGone() ? GONE : draft.json(), target);
    if (!draft.isGone()) {
      for (int bucket : draft.standing()) {
        FlatData.writeVarint(bucket + 1, target);
      }
    }
    target.writeLong(draft.origin());
  }

  @Override
  public ProfileDraft deserialize(DataInputView source) throws IOException {
    String visitor = FlatData.readText(source);
    long time = source.readLong();
    byte[] json = FlatData.readBytes(source);
    if (json.length == 0) {
      return ProfileDraft.gone(visitor, time, source.readLong());
    }
    int[] standing = new int[Standing.size()];
    for (int i = 0; i < standing.length; i++) {
      standing[i] = FlatData.readVarint(source) - 1;
    }
    return new ProfileDraft(visitor, time, json, standing, source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ProfileDraft> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ProfileDraft> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ProfileDraftSerializer());
    }
  }
}
