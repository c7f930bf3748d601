package io.millrace.operators.profile;

import io.millrace.features.catalogue.ItemFacets;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of news, version 1: kind, text, then what the kind has. */
public final class ProfileNewsSerializer extends FlatSerializer<ProfileNews> {
  private static final int FACETS = 1;
  private static final int FORGET = 2;
  private static final int REPUBLISH = 3;
  private static final int CATEGORY = 1;
  private static final int BRAND = 2;

  @Override
  public void serialize(ProfileNews news, DataOutputView target) throws IOException {
    if (news.facets() != null) {
      target.writeByte(FACETS);
      write(news.facets(), target);
    } else if (news.visitor() != null) {
      target.writeByte(FORGET);
      FlatData.writeText(news.visitor(), target);
      target.writeLong(news.upTo());
    } else {
      target.writeByte(REPUBLISH);
    }
  }

  private static void write(ItemFacets facets, DataOutputView target) throws IOException {
    FlatData.writeText(facets.item(), target);
    target.writeByte(
        (facets.category() == null ? 0 : CATEGORY) | (facets.brand() == null ? 0 : BRAND));
    if (facets.category() != null) {
      FlatData.writeText(facets.category(), target);
    }
    if (facets.brand() != null) {
      FlatData.writeText(facets.brand(), target);
    }
    target.writeDouble(facets.price());
  }

  @Override
  public ProfileNews deserialize(DataInputView source) throws IOException {
    return switch (source.readByte()) {
      case FACETS -> ProfileNews.of(readFacets(source));
      case FORGET -> ProfileNews.forget(FlatData.readText(source), source.readLong());
      default -> ProfileNews.republish();
    };
  }

  private static ItemFacets readFacets(DataInputView source) throws IOException {
    String item = FlatData.readText(source);
    int present = source.readByte();
    String category = (present & CATEGORY) != 0 ? FlatData.readText(source) : null;
    String brand = (present & BRAND) != 0 ? FlatData.readText(source) : null;
    return new ItemFacets(item, category, brand, source.readDouble());
  }

  @Override
  public TypeSerializerSnapshot<ProfileNews> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Version 1 is the only one so far. */
  public static final class Snapshot extends FlatSnapshot<ProfileNews> {
    /** For Flink, which makes it by name. */
    public Snapshot() {
      super(1, version -> new ProfileNewsSerializer());
    }
  }
}
