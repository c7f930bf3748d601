package io.millrace.operators.recommend;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.RankingSignals;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.ranking.FollowedAsks.Chosen;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.trend.HourCounts;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.FlatSnapshot;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How the messages between the recommender's operators cross the network. */
public final class RecommendTypes {
  /** A list on its way out. */
  public static final FlatTypeInfo<RecommendationList> RECOMMENDATIONS =
      new FlatTypeInfo<>(RecommendationList.class, new ListSerializer());

  static final FlatTypeInfo<PostingMessage> POSTING_MESSAGE =
      new FlatTypeInfo<>(PostingMessage.class, new PostingMessageSerializer());
  static final FlatTypeInfo<AnswerMessage> ANSWER_MESSAGE =
      new FlatTypeInfo<>(AnswerMessage.class, new AnswerMessageSerializer());
  static final FlatTypeInfo<ItemClick> ITEM_CLICK =
      new FlatTypeInfo<>(ItemClick.class, new ItemClickSerializer());
  static final FlatTypeInfo<TrendUpdate> TREND_UPDATE =
      new FlatTypeInfo<>(TrendUpdate.class, new TrendUpdateSerializer());
  static final FlatTypeInfo<TrendTop> TREND_TOP =
      new FlatTypeInfo<>(TrendTop.class, new TrendTopSerializer());

  private static final int CONTEXT = 1;
  private static final int PROFILE = 2;
  private static final int ERASED = 4;
  private static final int SEGMENT = 8;
  private static final int CHOSEN = 16;

  private RecommendTypes() {}

  private static void writeTexts(String[] texts, DataOutputView target) throws IOException {
    FlatData.writeVarint(texts.length, target);
    for (String text : texts) {
      FlatData.writeText(text, target);
    }
  }

  private static String[] readTexts(DataInputView source) throws IOException {
    String[] texts = new String[FlatData.readVarint(source)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = FlatData.readText(source);
    }
    return texts;
  }

  private static void writeAsk(Ask ask, DataOutputView target) throws IOException {
    FlatData.writeText(ask.visitor(), target);
    FlatData.writeVarint(ask.number(), target);
    target.writeByte(ask.part());
    target.writeByte(ask.parts());
    target.writeLong(ask.version());
    target.writeLong(ask.origin());
    writeContext(ask.context(), target);
  }

  /** What there is, its flags say, so that bytes from before there were as many are read too. */
  private static void writeContext(AskContext context, DataOutputView target) throws IOException {
    target.writeByte(
        (context.isNone() ? 0 : CONTEXT)
            | (context.profile() ? PROFILE : 0)
            | (context.erasedUpTo() != 0 ? ERASED : 0)
            | (context.hasSegment() ? SEGMENT : 0)
            | (context.isChosen() ? CHOSEN : 0));
    if (context.isNone()) {
      return;
    }
    if (context.erasedUpTo() != 0) {
      target.writeLong(context.erasedUpTo());
    }
    FlatData.writeVarint(context.bought().length, target);
    for (long item : context.bought()) {
      target.writeLong(item);
    }
    FlatData.writeVarint(context.passedOver().length, target);
    for (int item : context.passedOver()) {
      target.writeInt(item);
    }
    if (context.hasSegment()) {
      FlatData.writeText(context.segment(), target);
    }
    if (context.isChosen()) {
      target.writeLong(context.chosen().list());
      FlatData.writeVarint(context.chosen().place(), target);
    }
  }

  private static AskContext readContext(DataInputView source) throws IOException {
    int flags = source.readByte();
    if ((flags & CONTEXT) == 0) {
      return AskContext.NONE;
    }
    long erasedUpTo = (flags & ERASED) == 0 ? 0 : source.readLong();
    long[] bought = new long[FlatData.readVarint(source)];
    for (int i = 0; i < bought.length; i++) {
      bought[i] = source.readLong();
    }
    int[] passedOver = new int[FlatData.readVarint(source)];
    for (int i = 0; i < passedOver.length; i++) {
      passedOver[i] = source.readInt();
    }
    return new AskContext(
        (flags & PROFILE) != 0,
        bought,
        passedOver,
        erasedUpTo,
        (flags & SEGMENT) == 0 ? RankingModel.DEFAULT_SEGMENT : FlatData.readText(source),
        (flags & CHOSEN) == 0
            ? Chosen.NOWHERE
            : new Chosen(source.readLong(), FlatData.readVarint(source)));
  }

  private static Ask readAsk(DataInputView source) throws IOException {
    return new Ask(
        FlatData.readText(source),
        FlatData.readVarint(source),
        source.readByte(),
        source.readByte(),
        source.readLong(),
        source.readLong(),
        readContext(source));
  }

  /**
   * Version 2: the fields in order, the ask only where there is one. Version 1 did not say since
   * when a session is.
   */
  static final class PostingMessageSerializer extends FlatSerializer<PostingMessage> {
    private static final int CURRENT = 2;
    private final int version;

    PostingMessageSerializer() {
      this(CURRENT);
    }

    private PostingMessageSerializer(int version) {
      this.version = version;
    }

    @Override
    public void serialize(PostingMessage message, DataOutputView target) throws IOException {
      FlatData.writeText(message.item(), target);
      target.writeByte(message.kind());
      target.writeLong(message.session().id());
      target.writeLong(message.session().since());
      target.writeLong(message.session().time());
      writeTexts(message.session().items(), target);
      if (message.is(PostingMessage.ASK)) {
        writeAsk(message.ask(), target);
      }
    }

    @Override
    public PostingMessage deserialize(DataInputView source) throws IOException {
      String item = FlatData.readText(source);
      int kind = source.readByte();
      long id = source.readLong();
      long since = version == 1 ? 0 : source.readLong();
      SessionItems session = new SessionItems(id, since, source.readLong(), readTexts(source));
      boolean asks = (kind & PostingMessage.ASK) != 0;
      return new PostingMessage(item, session, kind, asks ? readAsk(source) : null);
    }

    @Override
    public TypeSerializerSnapshot<PostingMessage> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Reads both versions. */
    public static final class Snapshot extends FlatSnapshot<PostingMessage> {
      /** For Flink, which makes it by name. */
      public Snapshot() {
        super(CURRENT, PostingMessageSerializer::new);
      }
    }
  }

  /**
   * Version 3: the ask, then the answer's columns, its signals for ranking in their state layout,
   * the session, and what fills up. Before, there were no signals, and instead of the session the
   * items of it that were to be left out; in version 1 no ask said that its visitor was erased.
   */
  static final class AnswerMessageSerializer extends FlatSerializer<AnswerMessage> {
    static final int CURRENT = 3;
    private static final int WITH_SIGNALS = 3;
    private final int version;

    AnswerMessageSerializer() {
      this(CURRENT);
    }

    AnswerMessageSerializer(int version) {
      this.version = version;
    }

    @Override
    public void serialize(AnswerMessage message, DataOutputView target) throws IOException {
      writeAsk(message.ask(), target);
      PartialAnswer answer = message.answer();
      FlatData.writeText(answer.source(), target);
      FlatData.writeVarint(answer.sessions(), target);
      writeTexts(answer.items(), target);
      for (int i = 0; i < answer.items().length; i++) {
        target.writeFloat(answer.scores()[i]);
        target.writeShort(answer.evidence()[i]);
      }
      ByteWriter signals = new ByteWriter(8 * (answer.items().length + 1));
      answer.signals().write(signals);
      FlatData.writeBytes(signals.toBytes(), target);
      writeTexts(message.session(), target);
      target.writeByte(message.fillIns().size());
      for (FillIn fillIn : message.fillIns()) {
        FillIn.TYPE.serializer().serialize(fillIn, target);
      }
    }

    @Override
    public AnswerMessage deserialize(DataInputView source) throws IOException {
      Ask ask = readAsk(source);
      String item = FlatData.readText(source);
      int sessions = FlatData.readVarint(source);
      String[] items = readTexts(source);
      float[] scores = new float[items.length];
      short[] evidence = new short[items.length];
      for (int i = 0; i < items.length; i++) {
        scores[i] = source.readFloat();
        evidence[i] = source.readShort();
      }
      RankingSignals signals = RankingSignals.NONE;
      if (version >= WITH_SIGNALS) {
        signals = RankingSignals.read(new ByteReader(FlatData.readBytes(source)), items.length);
      }
      PartialAnswer answer = new PartialAnswer(item, sessions, items, scores, evidence, signals);
      String[] session = readTexts(source);
      List<FillIn> fillIns = new ArrayList<>(0);
      for (int rest = source.readByte(); rest > 0; rest--) {
        fillIns.add(FillIn.TYPE.serializer().deserialize(source));
      }
      return new AnswerMessage(ask, answer, session, fillIns);
    }

    @Override
    public TypeSerializerSnapshot<AnswerMessage> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Reads all versions. */
    public static final class Snapshot extends FlatSnapshot<AnswerMessage> {
      /** For Flink, which makes it by name. */
      public Snapshot() {
        super(CURRENT, AnswerMessageSerializer::new);
      }
    }
  }

  /** Version 1: the fields in order; a count below zero takes five bytes. */
  static final class ItemClickSerializer extends FlatSerializer<ItemClick> {
    @Override
    public void serialize(ItemClick click, DataOutputView target) throws IOException {
      FlatData.writeText(click.item(), target);
      target.writeLong(click.hour());
      FlatData.writeVarint(click.count(), target);
      target.writeLong(click.time());
    }

    @Override
    public ItemClick deserialize(DataInputView source) throws IOException {
      return new ItemClick(
          FlatData.readText(source),
          source.readLong(),
          FlatData.readVarint(source),
          source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<ItemClick> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Version 1 is the only one so far. */
    public static final class Snapshot extends FlatSnapshot<ItemClick> {
      /** For Flink, which makes it by name. */
      public Snapshot() {
        super(1, version -> new ItemClickSerializer());
      }
    }
  }

  /** Version 1: list, item, time, and the counts in their state layout, no bytes for none. */
  static final class TrendUpdateSerializer extends FlatSerializer<TrendUpdate> {
    @Override
    public void serialize(TrendUpdate update, DataOutputView target) throws IOException {
      FlatData.writeText(update.list(), target);
      FlatData.writeText(update.item(), target);
      target.writeLong(update.time());
      ByteWriter counts = new ByteWriter(48);
      if (update.counts() != null) {
        update.counts().write(counts);
      }
      FlatData.writeBytes(counts.toBytes(), target);
    }

    @Override
    public TrendUpdate deserialize(DataInputView source) throws IOException {
      String list = FlatData.readText(source);
      String item = FlatData.readText(source);
      long time = source.readLong();
      byte[] counts = FlatData.readBytes(source);
      return new TrendUpdate(
          list, item, counts.length == 0 ? null : HourCounts.read(new ByteReader(counts)), time);
    }

    @Override
    public TypeSerializerSnapshot<TrendUpdate> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Version 1 is the only one so far. */
    public static final class Snapshot extends FlatSnapshot<TrendUpdate> {
      /** For Flink, which makes it by name. */
      public Snapshot() {
        super(1, version -> new TrendUpdateSerializer());
      }
    }
  }

  /** Version 1: list, time, then items with their scores. */
  static final class TrendTopSerializer extends FlatSerializer<TrendTop> {
    @Override
    public void serialize(TrendTop top, DataOutputView target) throws IOException {
      FlatData.writeText(top.list(), target);
      target.writeLong(top.time());
      FlatData.writeVarint(top.items().size(), target);
      for (Trending trending : top.items()) {
        FlatData.writeText(trending.item(), target);
        target.writeDouble(trending.score());
      }
    }

    @Override
    public TrendTop deserialize(DataInputView source) throws IOException {
      String list = FlatData.readText(source);
      long time = source.readLong();
      int size = FlatData.readVarint(source);
      List<Trending> items = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        items.add(new Trending(FlatData.readText(source), source.readDouble()));
      }
      return new TrendTop(list, time, items);
    }

    @Override
    public TypeSerializerSnapshot<TrendTop> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Version 1 is the only one so far. */
    public static final class Snapshot extends FlatSnapshot<TrendTop> {
      /** For Flink, which makes it by name. */
      public Snapshot() {
        super(1, version -> new TrendTopSerializer());
      }
    }
  }

  /** Version 1: the JSON of the contract. */
  static final class ListSerializer extends FlatSerializer<RecommendationList> {
    @Override
    public void serialize(RecommendationList list, DataOutputView target) throws IOException {
      FlatData.writeBytes(DecisionJson.write(list), target);
    }

    @Override
    public RecommendationList deserialize(DataInputView source) throws IOException {
      return DecisionJson.readRecommendations(FlatData.readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<RecommendationList> snapshotConfiguration() {
      return new Snapshot();
    }

    /** Version 1 is the only one so far. */
    public static final class Snapshot extends FlatSnapshot<RecommendationList> {
      /** For Flink, which makes it by name. */
      public Snapshot() {
        super(1, version -> new ListSerializer());
      }
    }
  }
}
