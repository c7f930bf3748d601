package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.Listing;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.RankingSignals;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.ranking.FollowedAsks.Chosen;
import io.millrace.features.ranking.RankingModel;
import io.millrace.features.trend.HourCounts;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatData;
import io.millrace.operators.types.FlatTypeInfo;
import io.millrace.operators.types.RandomEvents;
import io.millrace.operators.types.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RecommendTypesTest {
  private static final long SEED = 41;
  private static final String[] LETTERS = {"a", "Z", "0", "ß", "€", "漢", "𝒳", "{", "\"", "\n"};

  private final Random random = new Random(SEED);
  private final RandomEvents events = new RandomEvents(SEED);

  @Test
  void postingMessagesSurvive() throws IOException {
    assertSurvives(
        RecommendTypes.POSTING_MESSAGE,
        () ->
            switch (random.nextInt(4)) {
              case 0 -> PostingMessage.retract(text(), random.nextLong());
              case 1 -> PostingMessage.teach(text(), session());
              case 2 -> PostingMessage.teach(text(), session()).asking(ask());
              default -> new PostingMessage(text(), session(), PostingMessage.ASK, ask());
            });
  }

  @Test
  void firstVersionOfAPostingMessageIsRead() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    FlatData.writeText("a", out);
    out.writeByte(PostingMessage.TEACH);
    out.writeLong(7);
    out.writeLong(1_000);
    FlatData.writeVarint(1, out);
    FlatData.writeText("b", out);
    var snapshot = new RecommendTypes.PostingMessageSerializer.Snapshot();
    snapshot.readSnapshot(1, null, null);

    assertThat(
            snapshot
                .restoreSerializer()
                .deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(PostingMessage.teach("a", new SessionItems(7, 0, 1_000, new String[] {"b"})));
  }

  @Test
  void answerMessagesSurvive() throws IOException {
    assertSurvives(
        RecommendTypes.ANSWER_MESSAGE,
        () -> new AnswerMessage(ask(), answerToAnAsk(), texts(20), fillIns()));
  }

  @Test
  void secondVersionOfAnAnswerMessageIsRead() throws IOException {
    Ask ask = new Ask("v", 3, 0, 1, 1_000, 7);
    DataOutputSerializer now = new DataOutputSerializer(64);
    String[] session = {"a"};
    PartialAnswer answer =
        new PartialAnswer("a", 9, new String[] {"x"}, new float[] {2}, new short[] {4});
    RecommendTypes.ANSWER_MESSAGE
        .serializer()
        .serialize(new AnswerMessage(ask, answer, session, List.of()), now);
    // The same without the signals, which are a size of one and a zero before session and fill-ins.
    byte[] bytes = now.getCopyOfBuffer();
    DataOutputSerializer end = new DataOutputSerializer(16);
    FlatData.writeVarint(1, end);
    FlatData.writeText("a", end);
    end.writeByte(0);
    int behind = bytes.length - end.length();
    DataOutputSerializer before = new DataOutputSerializer(64);
    before.write(bytes, 0, behind - 2);
    before.write(bytes, behind, end.length());
    var snapshot = new RecommendTypes.AnswerMessageSerializer.Snapshot();
    snapshot.readSnapshot(2, null, null);

    AnswerMessage read =
        snapshot
            .restoreSerializer()
            .deserialize(new DataInputDeserializer(before.getCopyOfBuffer()));

    assertThat(read.ask()).isEqualTo(ask);
    assertThat(read.answer()).isEqualTo(answer);
    assertThat(read.session()).containsExactly("a");
  }

  @Test
  void trendMessagesSurvive() throws IOException {
    assertSurvives(
        RecommendTypes.ITEM_CLICK,
        () ->
            new ItemClick(
                text(),
                random.nextLong(),
                random.nextBoolean() ? count() : -count(),
                random.nextLong()));
    assertSurvives(
        RecommendTypes.TREND_UPDATE,
        () ->
            new TrendUpdate(
                text(), text(), random.nextBoolean() ? hourCounts() : null, random.nextLong()));
    assertSurvives(RecommendTypes.TREND_TOP, this::trendTop);
  }

  @Test
  void newsAndFactsOfItemsSurvive() throws IOException {
    assertSurvives(OrderLineSerializer.TYPE, this::orderLine);
    assertSurvives(
        ItemMessageSerializer.TYPE,
        () ->
            switch (random.nextInt(3)) {
              case 0 -> ItemMessage.of(orderLine());
              case 1 -> new ItemMessage(text(), null, null);
              default -> new ItemMessage(text(), listing(), null);
            });
    assertSurvives(ItemFactSerializer.TYPE, this::itemFact);
  }

  private ItemFact itemFact() {
    return new ItemFact(
        text(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? text() : null,
        0.1f + 9 * random.nextFloat(),
        count());
  }

  @Test
  void whatVisitorsDidSurvives() throws IOException {
    assertSurvives(
        EventTypes.VISITOR_EVENT, () -> random.nextBoolean() ? events.click() : events.order());
  }

  @Test
  void newsSurvive() throws IOException {
    assertSurvives(Forget.TYPE, this::forget);
    assertSurvives(
        VisitorNotice.TYPE,
        () ->
            new VisitorNotice(
                random.nextBoolean() ? "c" + text() : null,
                random.nextBoolean() ? "v" + text() : null,
                random.nextLong()));
    assertSurvives(
        PostingNews.TYPE,
        () ->
            random.nextBoolean()
                ? PostingNews.of(forget())
                : PostingNews.of(new FillIn(FillIn.Kind.SIMILAR_CONTENT, answer())));
    assertSurvives(
        MergerNews.TYPE,
        () ->
            switch (random.nextInt(4)) {
              case 0 -> MergerNews.of(trendTop());
              case 1 -> MergerNews.of(itemFact());
              case 2 -> MergerNews.of(control());
              default -> MergerNews.of(forget());
            });
  }

  private TrendTop trendTop() {
    return new TrendTop(
        text(),
        random.nextLong(),
        Stream.generate(() -> new Trending(text(), random.nextDouble()))
            .limit(random.nextInt(50))
            .toList());
  }

  private OrderLine orderLine() {
    return new OrderLine(text(), random.nextInt(3) - 1, random.nextInt(), random.nextLong());
  }

  private Listing listing() {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      attributes.put(text(), text());
    }
    return new Listing(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean() ? text() : null,
        random.nextBoolean() ? text() : null,
        attributes,
        random.nextBoolean() ? random.nextLong() : null,
        random.nextLong());
  }

  @Test
  void listsSurvive() throws IOException {
    assertSurvives(RecommendTypes.RECOMMENDATIONS, this::list);
    assertSurvives(
        VisitorList.TYPE,
        () ->
            random.nextInt(4) == 0
                ? VisitorList.gone(text(), Version.of(random.nextInt(10_000), 7))
                : VisitorList.of(list(), random.nextLong()));
  }

  private RecommendationList list() {
    return new RecommendationList(
        Version.of(random.nextInt(10_000), random.nextInt(Integer.MAX_VALUE)),
        text(),
        random.nextInt(Integer.MAX_VALUE),
        random.nextBoolean() ? null : text(),
        random.nextBoolean() ? null : (long) count(),
        Stream.generate(this::item).limit(random.nextInt(50)).toList());
  }

  private <T> void assertSurvives(FlatTypeInfo<T> type, Supplier<T> values) throws IOException {
    for (int i = 0; i < 300; i++) {
      T value = values.get();
      assertThat(Snapshots.roundTrip(type.serializer(), value))
          .as("value %d with seed %d", i, SEED)
          .usingRecursiveComparison()
          .isEqualTo(value);
    }
    Snapshots.assertRestores(type.serializer(), values.get());
  }

  private SessionItems session() {
    return new SessionItems(
        random.nextLong(), random.nextLong(), random.nextLong(), texts(SessionItems.MAX_ITEMS));
  }

  private Ask ask() {
    int parts = 1 + random.nextInt(20);
    return new Ask(
        text(),
        count(),
        random.nextInt(parts),
        parts,
        random.nextLong(),
        random.nextLong(),
        context());
  }

  private AskContext context() {
    return new AskContext(
        random.nextBoolean(),
        random.longs(random.nextInt(3)).toArray(),
        random.ints(random.nextInt(3)).toArray(),
        random.nextBoolean() ? 0 : random.nextLong(),
        random.nextBoolean() ? RankingModel.DEFAULT_SEGMENT : text(),
        random.nextBoolean() ? Chosen.NOWHERE : new Chosen(random.nextLong(), count()));
  }

  private List<FillIn> fillIns() {
    FillIn.Kind[] kinds = FillIn.Kind.values();
    return Stream.of(kinds)
        .filter(kind -> random.nextBoolean())
        .map(kind -> new FillIn(kind, answer()))
        .toList();
  }

  private Forget forget() {
    Forget.Kind[] kinds = Forget.Kind.values();
    return new Forget(text(), kinds[random.nextInt(kinds.length)], random.nextLong());
  }

  private Fact<Control> control() {
    return new Fact<>(text(), random.nextInt(4) == 0 ? null : pin(), random.nextLong());
  }

  private Control pin() {
    return new Control(
        text(),
        Control.Kind.PIN,
        new Control.Target(Control.Target.ITEM, text()),
        text(),
        Control.Value.of(1 + random.nextInt(50)),
        random.nextBoolean() ? random.nextLong() : null);
  }

  private PartialAnswer answer() {
    String[] items = texts(60);
    float[] scores = new float[items.length];
    short[] evidence = new short[items.length];
    for (int i = 0; i < items.length; i++) {
      scores[i] = random.nextFloat();
      evidence[i] = (short) random.nextInt(1_000);
    }
    return new PartialAnswer(text(), count(), items, scores, evidence);
  }

  /** With signals or without, which an answer without candidates never has. */
  private PartialAnswer answerToAnAsk() {
    PartialAnswer answer = answer();
    if (answer.items().length == 0 || random.nextBoolean()) {
      return answer;
    }
    int[] rows = random.ints(5L * answer.items().length, 0, 1 << 20).toArray();
    return answer.with(new RankingSignals(count(), count(), count(), count(), rows));
  }

  private RecommendationList.Item item() {
    boolean session = random.nextBoolean();
    // Six digits at most, as scores are written.
    double score = random.nextInt(1_000_000) / 1_000.0;
    int of = random.nextInt(1_000);
    return new RecommendationList.Item(
        text(),
        score,
        session
            ? new RecommendationList.Reason(
                ReasonType.SESSION, text(), Evidence.sessions(random.nextInt(of + 1), of))
            : new RecommendationList.Reason(ReasonType.TRENDING, null, null));
  }

  private HourCounts hourCounts() {
    HourCounts counts = new HourCounts();
    for (int i = random.nextInt(30); i > 0; i--) {
      counts.add(random.nextInt(100), random.nextInt(1_000), random.nextInt(1_000_000));
    }
    return counts;
  }

  private int count() {
    return random.nextInt(Integer.MAX_VALUE) >> random.nextInt(31);
  }

  private String[] texts(int most) {
    return Stream.generate(this::text).limit(random.nextInt(most + 1)).toArray(String[]::new);
  }

  private String text() {
    int length = random.nextInt(20) == 0 ? 128 : random.nextInt(20);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }
}
