package io.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickCodec;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Control;
import io.millrace.features.event.ControlCodec;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.options.EngineOptions;
import io.millrace.jobs.options.FraudOptions;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.ProfileOptions;
import io.millrace.jobs.options.RecommendOptions;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.serving.DecisionReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import redis.clients.jedis.Jedis;

/** A real Kafka and a real Redis for a test class, and one job at a time on Flink with RocksDB. */
final class EngineUnderTest implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** Longer than the job waits before it writes something again. */
  private static final Duration SILENCE = Duration.ofMillis(1_500);

  /** Partitions of the clickstream and of the orders, as the engine creates them. */
  static final int PARTITIONS = 4;

  private static final Pattern JOB_ID = Pattern.compile("\"id\":\"([0-9a-f]{32})\"");
  private static final Pattern RESTARTED_AT = Pattern.compile("\"RESTARTING\":(\\d+)");

  private final Path dir;
  private final LocalKafka kafka;
  private final LocalRedis redis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final DecisionReader reader;
  private final List<Exception> unsent = new ArrayList<>();
  private LocalFlink flink;
  private final Set<Optional<Path>> begins = new HashSet<>();
  private int life;

  private EngineUnderTest(Path dir, LocalKafka kafka, LocalRedis redis) {
    this.dir = dir;
    this.kafka = kafka;
    this.redis = redis;
    this.reader = DecisionReader.open(redis.settings());
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 * 1024 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Starts Kafka and Redis; no job runs yet. */
  static EngineUnderTest start(Path dir) throws Exception {
    LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
    return new EngineUnderTest(dir, kafka, LocalRedis.start(0, dir.resolve("redis"), false));
  }

  /** Options of a job on these servers that checkpoints and writes more often than a store's. */
  Options options(int parallelism) {
    return Options.defaults()
        .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
        .with(RedisOptions.URL, "redis://" + redis.address())
        .with(EngineOptions.PARALLELISM, parallelism)
        .with(EngineOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(500))
        .with(RecommendOptions.SIMILAR_INTERVAL, Duration.ofMillis(50))
        .with(RecommendOptions.BUNDLE_INTERVAL, Duration.ofMillis(50))
        .with(RecommendOptions.TREND_INTERVAL, Duration.ofMillis(50))
        .with(FraudOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(500))
        .with(ProfileOptions.WRITE_INTERVAL, Duration.ofMillis(50))
        .with(ProfileOptions.POPULATION_INTERVAL, Duration.ofMillis(50));
  }

  /**
   * Starts a job from where it was stopped, or anew after {@link #clear()}.
   *
   * @return the savepoint or checkpoint it begins from
   */
  Optional<Path> run(LocalJob job, Options options) throws Exception {
    Path state = dir.resolve("flink-" + life);
    flink = LocalFlink.start(0, state, dir.resolve("logs").resolve("it.log"), 1, options);
    Optional<Path> begin = flink.run(job);
    assertThat(begins.add(begin)).as("the last stop left state behind").isTrue();
    return begin;
  }

  /** Stops the job with a savepoint, from which the next one begins. */
  void stop() {
    flink.stopWithSavepoints();
    flink.close();
    flink = null;
  }

  /** Forgets all values and state; what was sent stays, and the next job reads it all again. */
  void startOver() {
    if (flink != null) {
      flink.close();
      flink = null;
    }
    life++;
    begins.clear();
    emptyRedis();
  }

  /** Has Redis lose everything. */
  void emptyRedis() {
    try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      jedis.flushAll();
    }
  }

  /**
   * Forgets everything: events, values and state. Compacted topics keep what they hold, as Kafka
   * deletes nothing from them by offset.
   */
  void clear() throws Exception {
    startOver();
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      all.put(new TopicPartition(Topics.CLICKSTREAM, partition), RecordsToDelete.beforeOffset(-1));
      all.put(new TopicPartition(Topics.ORDERS, partition), RecordsToDelete.beforeOffset(-1));
      all.put(new TopicPartition(Topics.FRAUD_LABELS, partition), RecordsToDelete.beforeOffset(-1));
      all.put(new TopicPartition(Topics.FRAUD_ALERTS, partition), RecordsToDelete.beforeOffset(-1));
      all.put(new TopicPartition(Topics.ORDER_RISK, partition), RecordsToDelete.beforeOffset(-1));
    }
    all.put(new TopicPartition(Topics.ERASURES, 0), RecordsToDelete.beforeOffset(-1));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      admin.deleteRecords(all).all().get();
    }
  }

  /** Kafka's address. */
  String servers() {
    return kafka.bootstrapServers();
  }

  LocalRedis redis() {
    return redis;
  }

  DecisionReader reader() {
    return reader;
  }

  /** Sends clicks in this order, by visitor as a store does, and waits until Kafka has them. */
  void send(List<Click> clicks) {
    sendAll(clicks.stream().map(ContractEvent::of).toList());
  }

  /** Sends events in this order to their topics, and waits until Kafka has them. */
  void sendAll(List<ContractEvent> events) {
    send(events.toArray(ContractEvent[]::new));
  }

  /** Has time move on to an event time in every partition; a click and an order that do no more. */
  void tick(long eventTime) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String visitor = "clock" + partition;
      Click click =
          new Click(
              "tick" + partition,
              ClickType.VIEW_CART,
              eventTime,
              visitor,
              null,
              List.of(),
              null,
              Click.Details.NONE);
      Order order = Order.became("tick", "tick" + partition, OrderStatus.PAID, eventTime, visitor);
      send(Topics.CLICKSTREAM, partition, visitor, ClickCodec.encode(click));
      send(Topics.ORDERS, partition, order.orderId(), OrderCodec.encode(order));
    }
    flush();
  }

  void send(Click... clicks) {
    send(List.of(clicks));
  }

  /**
   * Hands a message over.
   *
   * @param partition null for the one of the key
   */
  void send(Integer partition, String key, byte[] payload) {
    send(Topics.CLICKSTREAM, partition, key, payload);
  }

  /** Sends events to the topics they belong to, and waits until Kafka has them. */
  void send(ContractEvent... events) {
    for (ContractEvent event : events) {
      sendTo(event.topic(), event.key(), event.payload());
    }
    flush();
  }

  /**
   * Hands a message over.
   *
   * @param payload null for a message without one, which deletes what the key names
   */
  void sendTo(String topic, String key, byte[] payload) {
    send(topic, null, key, payload);
  }

  private void send(String topic, Integer partition, String key, byte[] payload) {
    producer.send(
        new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), payload),
        (sent, fault) -> {
          if (fault != null) {
            unsent.add(fault);
          }
        });
  }

  void flush() {
    producer.flush();
    assertThat(unsent).as("refused by Kafka").isEmpty();
  }

  /** Sends a click and waits until Redis holds its visitor's list of at least its version. */
  RecommendationList ask(Click click) throws Exception {
    send(click);
    return awaitList(click.visitorId(), click.eventTime());
  }

  /** Waits until Redis holds a visitor's list of at least a version. */
  RecommendationList awaitList(String visitor, long eventTime) throws Exception {
    String wanted = Version.of(1, eventTime);
    Await.until(
        "the list of " + visitor + " has version " + wanted,
        LIMIT,
        () -> {
          Optional<RecommendationList> list = reader.recommendations(visitor);
          return list.isPresent() && list.get().version().compareTo(wanted) >= 0;
        });
    return reader.recommendations(visitor).orElseThrow();
  }

  /** Has a job write all its live keys again. */
  void republish(String job) {
    Control control =
        new Control(
            "republish:" + job,
            Control.Kind.REPUBLISH,
            new Control.Target(Control.Target.JOB, job),
            "test",
            null,
            null);
    sendTo(Topics.CONTROLS, control.controlId(), ControlCodec.encode(control));
    flush();
  }

  /** What Redis holds under a key, a tombstone too; null for nothing. */
  String value(String key) {
    try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      return jedis.get(key);
    }
  }

  /** Every value in Redis that a storefront can see, by key. */
  SortedMap<String, String> values() {
    SortedMap<String, String> values = new TreeMap<>();
    try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
      for (String key : jedis.keys("*")) {
        String value = jedis.get(key);
        boolean storefront = !key.startsWith("quality:");
        if (storefront && value != null && !value.contains("\"deleted\":true")) {
          values.put(key, value);
        }
      }
    }
    return values;
  }

  /** The values once none has changed for so long that nothing waits to be written any more. */
  SortedMap<String, String> awaitSilence() throws Exception {
    List<SortedMap<String, String>> last = new ArrayList<>(List.of(values()));
    long[] since = {System.nanoTime()};
    Await.until(
        "no value changes any more",
        LIMIT,
        () -> {
          SortedMap<String, String> now = values();
          if (!now.equals(last.set(0, now))) {
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > SILENCE.toNanos();
        });
    return last.get(0);
  }

  /** The messages of a topic of one partition, from the beginning. */
  List<String> messages(String topic, int expected) {
    List<String> messages = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (messages.size() < expected && System.nanoTime() < deadline) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(message -> messages.add(new String(message.value(), UTF_8)));
      }
    }
    return messages;
  }

  /** Takes a savepoint of the running job. */
  CanonicalSavepoint savepoint() throws Exception {
    return CanonicalSavepoint.take(flink.dashboard(), dir.resolve("canonical"));
  }

  /** Whether the job has failed and begun again since it was started, as Flink's REST says. */
  boolean hasRestarted() throws Exception {
    Matcher job = JOB_ID.matcher(get("/jobs"));
    assertThat(job.find()).as("a job runs").isTrue();
    String details = get("/jobs/" + job.group(1));
    Matcher restarted = RESTARTED_AT.matcher(details);
    assertThat(restarted.find()).as(details).isTrue();
    return Long.parseLong(restarted.group(1)) > 0;
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(flink.dashboard().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    if (flink != null) {
      flink.close();
    }
    reader.close();
    redis.close();
    kafka.close();
  }
}
