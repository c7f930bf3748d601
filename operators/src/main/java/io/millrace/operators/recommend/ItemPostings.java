package io.millrace.operators.recommend;

import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.Version;
import io.millrace.features.neighbour.NeighbourScorer;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.Posting;
import io.millrace.features.neighbour.SequenceRules;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.operators.forget.Forget;
import io.millrace.operators.forget.ForgottenVisitors;
import io.millrace.operators.job.Ticker;
import io.millrace.operators.recommend.PostingMessage.Ask;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.DueKeys;
import io.millrace.operators.state.KeyRounds;
import io.millrace.operators.state.StateCodec;
import io.millrace.operators.state.WriteBackCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * By item: keeps the item's {@link Posting}, answers sessions from it, and writes the item's
 * similar items by {@link #SIMILAR}, each item at most once an interval and only after it changed.
 * Where a posting has little to say, its answer carries what may fill the list up: the item's
 * followers, and the fill-ins that others send (second input). Sessions of visitors to be forgotten
 * are thrown out when their posting is next looked at, by a click or in the round over all postings
 * that begins at once; that they are used no more is said to the merger without waiting for it.
 */
final class ItemPostings extends AbstractStreamOperator<AnswerMessage>
    implements TwoInputStreamOperator<PostingMessage, PostingNews, AnswerMessage> {
  static final OutputTag<RedisWrite> SIMILAR = new OutputTag<>("similar-items", RedisWrite.TYPE);

  private static final String POSTINGS = "postings";

  /** An answer of so many lists' items needs no filling up, whatever is filtered out of it. */
  private static final int ENOUGH = 2;

  private static final String[] NOTHING = {};

  private final NeighbourSettings settings;
  private final boolean ranked;
  private final CascadeSettings cascade;
  private final WriteSettings writes;
  private final StateSettings stateSettings;

  private transient NeighbourScorer scorer;
  private transient WriteBackCache<Posting> postings;
  private transient WriteBackCache<FillIns> fillIns;
  private transient ForgottenVisitors forgotten;
  private transient KeyRounds known;
  private transient DueKeys changed;
  private transient StreamRecord<AnswerMessage> record;

  /**
   * @param ranked whether answers carry what ranking needs beside the score
   */
  ItemPostings(
      NeighbourSettings settings,
      boolean ranked,
      CascadeSettings cascade,
      WriteSettings writes,
      StateSettings stateSettings) {
    this.settings = settings;
    this.ranked = ranked;
    this.cascade = cascade;
    this.writes = writes;
    this.stateSettings = stateSettings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    postings =
        new WriteBackCache<>(
            POSTINGS,
            new Codec(settings.sessionsPerItem()),
            stateSettings.cachedItems(),
            stateSettings.retention(),
            this,
            context);
    fillIns =
        new WriteBackCache<>(
            "fill-ins",
            new FillInsCodec(),
            stateSettings.cachedItems(),
            stateSettings.retention(),
            this,
            context);
    forgotten = new ForgottenVisitors(stateSettings.retention(), this, context);
    known = new KeyRounds(POSTINGS, "similar-items-round", this, context);
    changed = new DueKeys("similar-items-waiting", writes.similarInterval(), this, context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    scorer = new NeighbourScorer(settings);
    record = new StreamRecord<>(null);
    getMetricGroup().gauge("similar_items_waiting", changed::size);
    getMetricGroup().gauge("similar_items_to_republish", known::left);
    Ticker.start(this, writes.similarTickMillis(), this::tick);
  }

  @Override
  public void processElement1(StreamRecord<PostingMessage> element) throws Exception {
    PostingMessage message = element.getValue();
    WriteBackCache.Entry<Posting> entry = postings.get(message.item());
    Posting posting = entry.value();
    boolean changes = posting.forget(forgotten.erased());
    if (message.is(PostingMessage.TEACH)) {
      SessionItems session = message.session();
      // One that was on its way when its visitor was forgotten.
      if (!forgotten.erased().covers(session.id(), session.since())) {
        posting.upsert(session);
        changes = true;
      }
    } else if (message.is(PostingMessage.RETRACT)) {
      posting.remove(message.session().id());
      changes = true;
    }
    if (changes) {
      if (entry.isNew() && !posting.isEmpty()) {
        known.add(message.item());
      }
      entry.markChanged();
      changed.add(message.item(), message.ask() == null ? 0 : message.ask().origin());
    }
    if (message.is(PostingMessage.ASK)) {
      answer(message, posting);
    }
  }

  private void answer(PostingMessage message, Posting posting) throws IOException {
    PartialAnswer answer =
        ranked
            ? scorer.answerForRanking(posting, message.item(), message.session())
            : scorer.answer(posting, message.item(), message.session());
    boolean isShort = answer.items().length < cascade.listSize() * ENOUGH;
    output.collect(
        record.replace(
            new AnswerMessage(
                message.ask(),
                answer,
                message.ask().part() == 0 ? message.session().items() : NOTHING,
                cascade.fillUp() && isShort ? fillIns(message, posting, answer) : List.of())));
  }

  private List<FillIn> fillIns(PostingMessage message, Posting posting, PartialAnswer answer)
      throws IOException {
    List<FillIn> all = new ArrayList<>(fillIns.get(message.item()).value().all());
    PartialAnswer followers =
        SequenceRules.followers(
            posting, message.item(), message.session().id(), answer.items(), FillIn.MAX_ITEMS);
    if (followers.items().length > 0) {
      all.add(new FillIn(FillIn.Kind.SEQUENCE, followers));
    }
    return all;
  }

  @Override
  public void processElement2(StreamRecord<PostingNews> element) throws Exception {
    PostingNews news = element.getValue();
    if (news.forget() != null) {
      forget(news.forget());
    } else if (news.fillIn() != null) {
      fillIn(news);
    } else {
      known.startFullRound();
    }
  }

  private void fillIn(PostingNews news) throws IOException {
    String item = news.fillIn().item();
    setCurrentKey(item);
    WriteBackCache.Entry<FillIns> entry = fillIns.get(item);
    entry.value().put(news.fillIn());
    entry.markChanged();
  }

  private void forget(Forget forget) {
    if (forgotten.hear(forget) && forget.kind() != Forget.Kind.READMIT) {
      known.startRound();
    }
    if (forget.kind() == Forget.Kind.ERASE) {
      TaskInfo task = getRuntimeContext().getTaskInfo();
      Ask done =
          Ask.forgotten(forget, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
      output.collect(record.replace(AnswerMessage.forgotten(done)));
    }
  }

  private void tick() throws IOException {
    long share = writes.similarShareMillis();
    changed.visitDue(share, (item, origin) -> lookAt(item, origin, true));
    known.visitFor(share, this::lookAtUnlessWaiting);
  }

  /** In a full round every item is written again, in another one where something was forgotten. */
  private void lookAtUnlessWaiting(String item) throws IOException {
    if (!changed.contains(item)) {
      lookAt(item, 0, known.isFull());
    }
  }

  /**
   * @param write whether its similar items are written though nothing is to be forgotten
   */
  private void lookAt(String item, long origin, boolean write) throws IOException {
    setCurrentKey(item);
    WriteBackCache.Entry<Posting> entry = postings.peek(item);
    boolean forgot = entry.value().forget(forgotten.erased());
    if (forgot) {
      entry.markChanged();
      postings.writeThrough(entry);
    }
    if (forgot || write) {
      writeSimilar(item, entry.value(), origin);
    }
  }

  private void writeSimilar(String item, Posting posting, long origin) {
    String version = Version.of(writes.epoch(), posting.newestTime());
    PartialAnswer similar = scorer.similar(posting, item);
    RedisWrite write;
    if (similar.items().length == 0) {
      write = RedisWrite.tombstone(RedisKeys.sim(item), version, origin);
    } else {
      byte[] json = DecisionJson.write(new SimilarItems(version, item, listed(similar)));
      write = RedisWrite.set(RedisKeys.sim(item), json, RedisKeys.SIM_TTL, origin);
    }
    output.collect(SIMILAR, new StreamRecord<>(write));
  }

  private static List<SimilarItems.Item> listed(PartialAnswer similar) {
    int size = Math.min(similar.items().length, WriteSettings.MAX_ITEMS);
    List<SimilarItems.Item> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(
          new SimilarItems.Item(
              similar.items()[i],
              similar.scores()[i],
              Evidence.sessions(similar.evidence()[i], similar.sessions())));
    }
    return items;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    postings.flush();
    fillIns.flush();
  }

  /** What waits to be written goes on waiting after a restore; writing it now would take long. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    changed.snapshot();
    forgotten.snapshot();
    known.snapshot(false);
  }

  @Override
  public void finish() throws Exception {
    changed.visitAll((item, origin) -> lookAt(item, origin, true));
    known.visitAll(this::lookAtUnlessWaiting);
    postings.flush();
    fillIns.flush();
    super.finish();
  }

  private record Codec(int sessionsPerItem) implements StateCodec<Posting> {
    @Override
    public Posting empty() {
      return new Posting(sessionsPerItem);
    }

    @Override
    public Posting decode(byte[] bytes) {
      return Posting.ofBytes(bytes, sessionsPerItem);
    }

    @Override
    public byte[] encode(Posting value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }

  private static final class FillInsCodec implements StateCodec<FillIns> {
    @Override
    public FillIns empty() {
      return new FillIns();
    }

    @Override
    public FillIns decode(byte[] bytes) {
      return FillIns.ofBytes(bytes);
    }

    @Override
    public byte[] encode(FillIns value) {
      return value.isEmpty() ? null : value.toBytes();
    }
  }
}
