package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.catalogue.Listing;
import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Entries, orders and controls in any order against the whole log, over restores and rescaling. */
class ItemFactsPropertyTest {
  private static final long SEED = 404;
  private static final ItemFactsSettings TINY = new ItemFactsSettings(Duration.ofSeconds(1), 2);
  private static final String[] CATEGORIES = {null, "a", "a/b", "ab", "c"};
  private static final String[] BRANDS = {null, "oak", "elm"};
  private static final Target[] TARGETS = {
    new Target(Target.ITEM, "i1"),
    new Target(Target.CATEGORY, "a"),
    new Target(Target.BRAND, "oak"),
    new Target(Target.ATTRIBUTE, "size=m")
  };

  private final Random random = new Random(SEED);

  private String item() {
    return "i" + random.nextInt(8);
  }

  private Object message() {
    return switch (random.nextInt(8)) {
      case 0 -> new ItemMessage(item(), null, null);
      case 1, 2 -> new ItemMessage(item(), listing(), null);
      case 3 -> control("c" + random.nextInt(4));
      default ->
          ItemMessage.of(
              new OrderLine(
                  item(), random.nextInt(3) - 1, random.nextInt(9) - 3, random.nextInt(100)));
    };
  }

  private Listing listing() {
    SortedMap<String, String> attributes = new TreeMap<>();
    if (random.nextBoolean()) {
      attributes.put("size", random.nextBoolean() ? "m" : "s");
    }
    boolean counted = random.nextBoolean();
    return new Listing(
        random.nextInt(4) == 0,
        random.nextInt(4) == 0,
        CATEGORIES[random.nextInt(CATEGORIES.length)],
        BRANDS[random.nextInt(BRANDS.length)],
        attributes,
        counted ? (long) random.nextInt(20) : null,
        counted ? random.nextInt(100) : 0);
  }

  private Fact<Control> control(String id) {
    if (random.nextInt(4) == 0) {
      return new Fact<>(id, null, 0);
    }
    Target target = TARGETS[random.nextInt(TARGETS.length)];
    boolean boost = random.nextBoolean();
    Value factor = boost ? Value.of(random.nextBoolean() ? 2 : 0.5) : null;
    Kind kind = boost ? Kind.BOOST : Kind.EXCLUDE;
    return new Fact<>(id, new Control(id, kind, target, "ana", factor, null), 0);
  }

  /** The entries of an item keep their order, so do the controls; the rest moves freely. */
  private List<Object> shuffled(List<Object> log) {
    List<Object> mixed = new ArrayList<>(log.stream().filter(m -> m instanceof Fact<?>).toList());
    insert(log.stream().filter(m -> m instanceof ItemMessage i && i.order() == null), mixed);
    for (Object order :
        log.stream().filter(m -> m instanceof ItemMessage i && i.order() != null).toList()) {
      mixed.add(random.nextInt(mixed.size() + 1), order);
    }
    return mixed;
  }

  private void insert(Stream<Object> inOrder, List<Object> mixed) {
    int from = 0;
    for (Object message : inOrder.toList()) {
      from += random.nextInt(mixed.size() + 1 - from);
      mixed.add(from, message);
      from++;
    }
  }

  private static Map<String, ItemFact> naive(List<Object> log) {
    Map<String, ItemMessage> entries = new HashMap<>();
    Map<String, List<OrderLine>> orders = new HashMap<>();
    Map<String, Control> controls = new TreeMap<>();
    for (Object message : log) {
      if (message instanceof ItemMessage news && news.order() != null) {
        orders.computeIfAbsent(news.item(), unused -> new ArrayList<>()).add(news.order());
      } else if (message instanceof ItemMessage news) {
        entries.put(news.item(), news);
      } else {
        Fact<?> fact = (Fact<?>) message;
        controls.remove(fact.key());
        if (fact.value() != null) {
          controls.put(fact.key(), (Control) fact.value());
        }
      }
    }
    Map<String, ItemFact> facts = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      String item = "i" + i;
      ItemFact fact =
          naive(item, entries.get(item), orders.getOrDefault(item, List.of()), controls);
      if (!fact.equals(ItemFact.unknown(item))) {
        facts.put(item, fact);
      }
    }
    return facts;
  }

  private static ItemFact naive(
      String item, ItemMessage entry, List<OrderLine> orders, Map<String, Control> controls) {
    Listing listing = entry == null ? null : entry.listing();
    double boost = 1;
    boolean excluded = false;
    for (Control control : controls.values()) {
      if (covers(control.target(), item, listing)) {
        boost *= control.kind() == Kind.BOOST ? control.factor() : 1;
        excluded |= control.kind() == Kind.EXCLUDE;
      }
    }
    boolean soldOut = false;
    if (listing != null && listing.stock() != null) {
      long left = listing.stock();
      for (OrderLine line : orders) {
        left -= line.time() > listing.asOf() ? line.pieces() : 0;
      }
      soldOut = left <= 0;
    }
    return new ItemFact(
        item,
        entry != null && (listing == null || listing.hidden()),
        soldOut,
        listing != null && listing.adult(),
        excluded,
        listing == null ? null : listing.category(),
        (float) Math.max(0.1, Math.min(10, boost)),
        Math.max(0, orders.stream().mapToInt(OrderLine::orders).sum()));
  }

  private static boolean covers(Target target, String item, Listing listing) {
    if (target.is(Target.ITEM)) {
      return target.rest().equals(item);
    }
    return listing != null
        && switch (target.type()) {
          case Target.CATEGORY ->
              listing.category() != null
                  && (listing.category() + "/").startsWith(target.rest() + "/");
          case Target.BRAND -> target.rest().equals(listing.brand());
          default ->
              target.attributeValue().equals(listing.attributes().get(target.attributeKey()));
        };
  }

  /** The subtasks of one run, with what they told last of each item. */
  private static final class Run implements AutoCloseable {
    private final List<TwoInputHarness<ItemMessage, Fact<Control>, ItemFact>> subtasks =
        new ArrayList<>();
    private final Map<String, ItemFact> told = new TreeMap<>();
    private long clock;

    void open(OperatorSubtaskState state, int before, int parallelism) throws Exception {
      for (int subtask = 0; subtask < parallelism; subtask++) {
        subtasks.add(
            new TwoInputHarness<>(
                new ItemFacts(TINY),
                ItemMessage::item,
                null,
                ItemFactSerializer.TYPE.serializer(),
                state,
                before,
                parallelism,
                subtask));
      }
      clock = 0;
    }

    @SuppressWarnings("unchecked") // the only facts in the log
    void feed(Object message) throws Exception {
      if (message instanceof ItemMessage news) {
        subtasks.get(KeyedHarness.subtaskOf(news.item(), subtasks.size())).first(news);
      } else {
        for (var subtask : subtasks) {
          subtask.second((Fact<Control>) message);
        }
      }
    }

    void clock(long millis) throws Exception {
      clock += millis;
      for (var subtask : subtasks) {
        subtask.clock(clock);
      }
    }

    void rescale(int parallelism) throws Exception {
      OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
      for (int i = 0; i < states.length; i++) {
        states[i] = subtasks.get(i).snapshot();
      }
      close();
      open(AbstractStreamOperatorTestHarness.repackageState(states), states.length, parallelism);
    }

    private void take() {
      for (var subtask : subtasks) {
        for (ItemFact fact : subtask.take()) {
          assertThat(told.put(fact.item(), fact)).as("told twice").isNotEqualTo(fact);
        }
      }
    }

    @Override
    public void close() {
      take();
      subtasks.forEach(TwoInputHarness::close);
      subtasks.clear();
    }
  }

  @Test
  void whatWasToldLastIsWhatTheWholeLogSays() throws Exception {
    for (int round = 0; round < 40; round++) {
      List<Object> log = Stream.generate(this::message).limit(random.nextInt(150)).toList();
      Run run = new Run();
      try (run) {
        run.open(null, 1, 1 + random.nextInt(3));
        for (Object message : shuffled(log)) {
          run.feed(message);
          switch (random.nextInt(40)) {
            case 0 -> run.rescale(1 + random.nextInt(4));
            case 1, 2 -> run.clock(random.nextInt(60));
            default -> run.clock(0);
          }
        }
        run.clock(2_000);
      }
      run.told.values().removeIf(fact -> fact.equals(ItemFact.unknown(fact.item())));

      assertThat(run.told).as("seed %d, round %d", SEED, round).isEqualTo(naive(log));
    }
  }
}
