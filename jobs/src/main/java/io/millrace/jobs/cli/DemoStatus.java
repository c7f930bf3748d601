package io.millrace.jobs.cli;

import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.features.redis.RedisNode;
import io.millrace.features.redis.RedisSettings;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.MillraceHome;
import io.millrace.jobs.local.Progress;
import io.millrace.jobs.local.RedisConnection;
import io.millrace.jobs.store.SimulatedStore;
import io.millrace.serving.DecisionReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * What the demo tells every few seconds: how much has happened, what the fraud job decides, and
 * what one visitor looks at and is recommended. The visitor is followed as long as they click, then
 * another one is.
 */
final class DemoStatus implements AutoCloseable {
  private static final long EVERY_SECONDS = 5;
  private static final long LOOK_MS = 200;
  private static final long LOST_AFTER_MS = 30_000;
  private static final int MIN_CLICKS = 3;
  private static final int CLICKS_SHOWN = 4;
  private static final int RECOMMENDED_SHOWN = 5;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "demo-status");
            thread.setDaemon(true);
            return thread;
          });
  private final DecisionReader decisions;
  private final QualityLines quality;
  private final FraudLines fraud = new FraudLines();
  private final FraudListener fraudListener;
  private final UnifiedJedis counts;
  private final RedisSettings redis;
  private final String kafkaServers;
  private final Progress progress;
  private final Map<String, String> titles = new ConcurrentHashMap<>();
  private Visit followed;
  private Visit candidate;
  private long sentBefore;
  private long carts;
  private long orders;
  private boolean explained;

  /** The clicks of one visit; each title once for a run of clicks on it. */
  private static final class Visit {
    private final String visitor;
    private final String session;
    private final Deque<String> clicks = new ArrayDeque<>();
    private int count;
    private long lastMs;

    private Visit(Click click) {
      this.visitor = click.visitorId();
      this.session = click.sessionId();
    }

    private void add(Click click, String title) {
      count++;
      lastMs = click.eventTime();
      if (!title.equals(clicks.peekFirst())) {
        clicks.addFirst(title);
      }
      if (clicks.size() > CLICKS_SHOWN) {
        clicks.removeLast();
      }
    }
  }

  /**
   * @param buckets that visitors are split into
   */
  DemoStatus(
      RedisSettings redis, String kafkaServers, Collection<String> buckets, Progress progress) {
    this.redis = redis;
    this.kafkaServers = kafkaServers;
    this.progress = progress;
    this.decisions = DecisionReader.open(redis);
    this.quality = new QualityLines(decisions, buckets);
    this.counts = RedisConnection.open(redis);
    this.fraudListener = FraudListener.begin(kafkaServers, fraud);
  }

  /** Begins to tell. */
  void begin(LongSupplier sent) {
    timer.scheduleAtFixedRate(
        () -> tell(sent.getAsLong()), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    timer.scheduleAtFixedRate(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** Notes an event; called by the thread that sends. */
  synchronized void happened(ContractEvent event, SimulatedStore store) {
    if (event instanceof ContractEvent.OfClick of) {
      carts += of.click().type() == ClickType.ADD_TO_CART ? 1 : 0;
      if (of.click().type().showsInterest()) {
        looked(of.click(), store);
      }
    } else if (event instanceof ContractEvent.OfOrder of) {
      orders += of.order().status() == OrderStatus.PLACED ? 1 : 0;
    }
  }

  private void looked(Click click, SimulatedStore store) {
    String title = titles.computeIfAbsent(click.itemId(), store::title);
    boolean lost = followed == null || click.eventTime() - followed.lastMs > LOST_AFTER_MS;
    if (followed != null && click.sessionId().equals(followed.session)) {
      followed.add(click, title);
    } else if (lost) {
      follow(click, title);
    }
  }

  /** Takes a visit once it has a few clicks; a visit of one click shows nothing. */
  private void follow(Click click, String title) {
    boolean stale = candidate != null && click.eventTime() - candidate.lastMs > LOST_AFTER_MS;
    if (candidate == null || stale) {
      candidate = new Visit(click);
    }
    if (click.sessionId().equals(candidate.session)) {
      candidate.add(click, title);
      if (candidate.count >= MIN_CLICKS) {
        followed = candidate;
        candidate = null;
      }
    }
  }

  private void look() {
    try {
      quality.look();
    } catch (RuntimeException e) {
      // Redis does not answer; who tells says so.
    }
  }

  private void tell(long sent) {
    try {
      progress.say(describe(sent));
    } catch (RuntimeException e) {
      progress.say("  Redis does not answer at the moment: " + e.getMessage());
    }
  }

  private String describe(long sent) {
    String visitor = null;
    List<String> clicks = List.of();
    long intoCarts;
    long placed;
    synchronized (this) {
      intoCarts = carts;
      placed = orders;
      if (followed != null) {
        visitor = followed.visitor;
        clicks = new ArrayList<>(followed.clicks);
      }
    }
    StringBuilder text = new StringBuilder(System.lineSeparator());
    line(
        text,
        "events sent %,d (%d a second) · into carts %,d · orders %,d · values in Redis %,d",
        sent,
        (sent - sentBefore) / EVERY_SECONDS,
        intoCarts,
        placed,
        counts.dbSize());
    sentBefore = sent;
    quality.read().forEach(line -> line(text, "%s", line));
    fraud.read().forEach(line -> line(text, "%s", line));
    if (visitor != null) {
      describe(text, visitor, clicks);
    }
    return text.toString().stripTrailing();
  }

  private void describe(StringBuilder text, String visitor, List<String> clicks) {
    line(text, "visitor %s looked at  %s", visitor, String.join("  <  ", clicks));
    ProfileLines.read(decisions, visitor).forEach(line -> line(text, "  %s", line));
    List<RecommendationList.Item> recommended = decisions.forVisitor(visitor);
    if (recommended.isEmpty()) {
      line(text, "  no list yet");
    }
    int rank = 1;
    for (RecommendationList.Item item :
        recommended.subList(0, Math.min(RECOMMENDED_SHOWN, recommended.size()))) {
      line(text, "  %d. %-30s %s", rank++, title(item.itemId()), describe(item.reason()));
    }
    if (!explained && !recommended.isEmpty()) {
      explained = true;
      explain(text, visitor, recommended.get(0).itemId());
    }
  }

  /** What to try in another terminal, with tools that are there. */
  private void explain(StringBuilder text, String visitor, String item) {
    line(
        text,
        "look by hand:  %s MGET '%s' '%s'",
        redisCli(),
        redis.keyPrefix() + RedisKeys.rec(visitor),
        redis.keyPrefix() + RedisKeys.profile(visitor));
    line(
        text,
        "hide an item:  echo '%s|{\"item_id\":\"%s\",\"status\":\"hidden\"}' |"
            + " java -cp '%s/*' kafka.tools.ConsoleProducer --bootstrap-server %s --topic %s"
            + " --property parse.key=true --property 'key.separator=|'",
        item,
        item,
        MillraceHome.brokerLib(),
        kafkaServers,
        Topics.CATALOG);
  }

  private String redisCli() {
    RedisNode node = redis.nodes().get(0);
    String server = " -h " + node.host() + " -p " + node.port();
    return switch (redis.topology()) {
      case SINGLE -> "redis-cli" + server;
      case CLUSTER -> "redis-cli -c" + server;
      case SENTINEL -> "redis-cli, at the master " + redis.master() + ", ";
    };
  }

  private String describe(RecommendationList.Reason reason) {
    String type = reason.type().wireName().replace('_', ' ');
    if (reason.evidence() == null) {
      return type;
    }
    return String.format(
        Locale.ROOT,
        "in %d of the last %d %s with %s",
        reason.evidence().count(),
        reason.evidence().of(),
        reason.evidence().unit().wireName(),
        title(reason.itemId()));
  }

  private String title(String itemId) {
    return titles.getOrDefault(itemId, itemId);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append("  ").append(String.format(Locale.ROOT, format, values));
    text.append(System.lineSeparator());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    fraudListener.close();
    decisions.close();
    counts.close();
  }
}
