package io.millrace.jobs.bench;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.decision.SimilarItems;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Click;
import io.millrace.features.neighbour.AnswerMerge;
import io.millrace.features.neighbour.NeighbourScorer;
import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.features.neighbour.Posting;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.Lessons;
import io.millrace.features.session.VisitorSessions;
import io.millrace.operators.recommend.RecommendSettings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * The recommender as one plain loop on heap maps: no parallelism, no checkpoints, nothing survives
 * it. It runs the same code of {@code features} on the same clicks, makes the same lists, similar
 * items and trends, and writes the same bytes under the same throttle. What the job takes beyond
 * this is the price of being distributed and durable.
 */
final class PlainLoop implements Lessons {
  private final RecommendSettings settings;
  private final LoopTrends trends;
  private final LoopLists lists;
  private final LoopWriter writer;
  private final NeighbourScorer scorer;
  private final Map<String, VisitorSessions> visitors = new HashMap<>();
  private final Map<String, Posting> postings = new HashMap<>();
  private final Map<String, Long> changed = new LinkedHashMap<>();
  private final PriorityQueue<Flush> flushes = new PriorityQueue<>();
  private final long tickNanos;
  private final long similarBudget;
  private long nextTick;

  private record Flush(long due, String visitor) implements Comparable<Flush> {
    @Override
    public int compareTo(Flush other) {
      return Long.compare(due, other.due);
    }
  }

  /**
   * @param subtasks of the job beside; the loop may spend as much time on similar items as all of
   *     them
   */
  PlainLoop(RecommendSettings settings, int subtasks, LoopWriter writer) {
    this.settings = settings;
    this.writer = writer;
    this.trends = new LoopTrends(settings.writes(), writer);
    this.lists = new LoopLists(settings, writer);
    this.scorer = new NeighbourScorer(settings.neighbour());
    this.tickNanos = TimeUnit.MILLISECONDS.toNanos(settings.writes().similarTickMillis());
    this.similarBudget =
        TimeUnit.MILLISECONDS.toNanos(settings.writes().similarShareMillis()) * subtasks;
    this.nextTick = System.nanoTime() + tickNanos;
  }

  /** Takes one click; {@code watermark} is the event time below which nothing more comes. */
  void take(Click click, long watermark) {
    VisitorSessions sessions =
        visitors.computeIfAbsent(click.visitorId(), unused -> new VisitorSessions());
    if (sessions.take(click, settings.session(), this) == VisitorSessions.Outcome.TAKEN) {
      SessionItems session = sessions.sessionToAnswer(click, settings.session());
      if (session != null) {
        answer(click.visitorId(), session, sessions.newest());
        trends.count(click);
      }
      setTimer(click.visitorId(), sessions);
    }
    while (!flushes.isEmpty() && flushes.peek().due() <= watermark) {
      flush(flushes.poll(), watermark);
    }
    long now = System.nanoTime();
    if (now >= nextTick) {
      nextTick = now + tickNanos;
      writeSimilar(now);
      trends.writeDue(now);
    }
  }

  /** Writes out all that is left of the lists. */
  void finish() {
    writer.flush();
  }

  /**
   * Mean bytes of the state of a posting that holds as many sessions as it may; NaN if there is
   * none.
   */
  double bytesOfFullPosting() {
    return postings.values().stream()
        .filter(posting -> posting.size() == settings.neighbour().sessionsPerItem())
        .mapToInt(posting -> posting.toBytes().length)
        .average()
        .orElse(Double.NaN);
  }

  private void answer(String visitor, SessionItems session, long version) {
    String[] asked = session.newestDistinct(settings.session().asked());
    PartialAnswer[] answers = new PartialAnswer[asked.length];
    for (int i = 0; i < asked.length; i++) {
      answers[i] = scorer.answer(posting(asked[i]), asked[i], session);
    }
    lists.write(
        visitor,
        version,
        AnswerMerge.best(answers, settings.cascade().listSize()),
        session,
        trends.top());
  }

  private void setTimer(String visitor, VisitorSessions sessions) {
    long due = sessions.nextFlush(visitor, settings.session());
    if (due != Long.MAX_VALUE && (sessions.timer() == 0 || due < sessions.timer())) {
      sessions.setTimer(due);
      flushes.add(new Flush(due, visitor));
    }
  }

  private void flush(Flush flush, long watermark) {
    VisitorSessions sessions = visitors.get(flush.visitor());
    if (sessions.timer() == flush.due()) {
      sessions.setTimer(0);
      sessions.flush(flush.visitor(), watermark, settings.session(), this);
      setTimer(flush.visitor(), sessions);
    }
  }

  @Override
  public void teach(String item, SessionItems session) {
    posting(item).upsert(session);
    changed.putIfAbsent(item, System.nanoTime());
  }

  @Override
  public void retract(String item, long sessionId) {
    posting(item).remove(sessionId);
    changed.putIfAbsent(item, System.nanoTime());
  }

  private Posting posting(String item) {
    return postings.computeIfAbsent(
        item, unused -> new Posting(settings.neighbour().sessionsPerItem()));
  }

  private void writeSimilar(long now) {
    long due = now - settings.writes().similarInterval().toNanos();
    Iterator<Map.Entry<String, Long>> oldest = changed.entrySet().iterator();
    while (oldest.hasNext() && System.nanoTime() - now < similarBudget) {
      Map.Entry<String, Long> item = oldest.next();
      if (item.getValue() > due) {
        return;
      }
      oldest.remove();
      writeSimilar(item.getKey());
    }
  }

  private void writeSimilar(String item) {
    Posting posting = posting(item);
    PartialAnswer similar = scorer.similar(posting, item);
    if (similar.items().length > 0) {
      String version = Version.of(settings.writes().epoch(), posting.newestTime());
      SimilarItems list = new SimilarItems(version, item, LoopLists.listed(similar));
      writer.write(RedisKeys.sim(item), DecisionJson.write(list), TimeUnit.DAYS.toMillis(30));
    }
  }
}
