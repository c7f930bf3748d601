package io.millrace.operators.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFacets;
import io.millrace.features.decision.Profile;
import io.millrace.features.decision.ProfileJson;
import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import io.millrace.features.profile.Standing;
import io.millrace.features.profile.Standing.By;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import io.millrace.operators.types.FlatTypeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From where visitors stand to the fifth that is written with their profile. */
class ProfileWritesTest {
  private static final long TIME = 1_748_736_000_000L;

  private static ProfileDraft draft(int... standing) {
    Profile profile =
        new Profile(
            "0001" + TIME + "000", "v", TIME, Set.of(), Map.of(), Map.of("lifecycle", "new"));
    return new ProfileDraft("v", TIME, ProfileJson.write(profile), standing, 3);
  }

  private static KeyedHarness<PopulationChange, PopulationCuts> population(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return new KeyedHarness<>(
        new PopulationKeeper(Duration.ofSeconds(1)),
        PopulationKeeper::key,
        PopulationCuts.TYPE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  @Test
  void thePopulationIsToldOnceAnIntervalAndOnlyIfItDividesAnew() throws Exception {
    OperatorSubtaskState state;
    try (var harness = population(null, 1, 1, 0)) {
      for (int bucket = 1; bucket <= 10; bucket++) {
        harness.process(new PopulationChange(By.MONETARY, bucket, 2));
      }
      assertThat(harness.take()).isEmpty();
      harness.clock(1_000);
      assertThat(told(harness.take())).containsExactly("MONETARY[2, 4, 6, 8]");

      harness.process(new PopulationChange(By.MONETARY, 10, -1));
      harness.process(new PopulationChange(By.MONETARY, 11, 1));
      harness.clock(2_000);
      assertThat(harness.take()).isEmpty();
      state = harness.snapshot();
    }
    try (var harness = population(state, 1, 3, KeyedHarness.subtaskOf("MONETARY", 3))) {
      harness.process(new PopulationChange(By.MONETARY, 30, 100));
      harness.clock(1_000);
      assertThat(told(harness.take())).containsExactly("MONETARY[30, 30, 30, 30]");
      for (int bucket = 1; bucket <= 10; bucket++) {
        harness.process(new PopulationChange(By.MONETARY, bucket, bucket == 10 ? -1 : -2));
      }
      harness.process(new PopulationChange(By.MONETARY, 11, -1));
      harness.process(new PopulationChange(By.MONETARY, 30, -100));
      harness.snapshot();
      assertThat(told(harness.take())).containsExactly("MONETARY[]");
      assertThat(harness.stateEntries()).isZero();
    }
  }

  private static List<String> told(List<PopulationCuts> cuts) {
    return cuts.stream().map(of -> of.by() + Arrays.toString(of.cuts())).toList();
  }

  private static TwoInputHarness<ProfileDraft, PopulationCuts, RedisWrite> writer(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return new TwoInputHarness<>(
        new ProfileWriter(1),
        ProfileDraft::visitor,
        null,
        RedisWrite.TYPE.serializer(),
        state,
        before,
        parallelism,
        subtask);
  }

  @Test
  void aProfileSaysInWhichFifthItsVisitorStandsAsSoonAsThatIsKnown() throws Exception {
    OperatorSubtaskState state;
    try (var harness = writer(null, 1, 1, 0)) {
      harness.first(draft(7, 7, 7));
      assertThat(value(harness)).doesNotContain("quintile");

      harness.second(new PopulationCuts(By.RECENCY, new int[] {1, 6, 7, 9}));
      harness.second(new PopulationCuts(By.MONETARY, new int[] {1, 2, 3, 4}));
      harness.second(new PopulationCuts(By.FREQUENCY, new int[0]));
      harness.first(draft(7, 7, 7));
      assertThat(value(harness))
          .endsWith("\"lifecycle\":\"new\",\"recency_quintile\":3,\"monetary_quintile\":5}}");
      harness.first(draft(Standing.NONE, Standing.NONE, Standing.NONE));
      assertThat(value(harness)).endsWith("\"lifecycle\":\"new\"}}");
      state = harness.snapshot();
    }
    for (int parallelism = 2; parallelism < 6; parallelism++) {
      int subtask = KeyedHarness.subtaskOf("v", parallelism);
      try (var harness = writer(state, 1, parallelism, subtask)) {
        harness.first(draft(7, 7, 7));
        assertThat(value(harness)).contains("\"recency_quintile\":3,\"monetary_quintile\":5");
      }
    }
  }

  private static String value(TwoInputHarness<?, ?, RedisWrite> harness) {
    List<RedisWrite> writes = harness.take();
    assertThat(writes).hasSize(1);
    assertThat(writes.get(0).key()).isEqualTo("profile:{v}");
    assertThat(writes.get(0).ttlMillis()).isEqualTo(Duration.ofDays(90).toMillis());
    assertThat(writes.get(0).origin()).isEqualTo(3);
    return new String(writes.get(0).value(), UTF_8);
  }

  @Test
  void aProfileThatGoesIsATombstone() throws Exception {
    try (var harness = writer(null, 1, 1, 0)) {
      harness.first(ProfileDraft.gone("v", TIME, 0));
      List<RedisWrite> writes = harness.take();
      assertThat(writes).hasSize(1);
      assertThat(writes.get(0).isTombstone()).isTrue();
      assertThat(writes.get(0).version()).isEqualTo("0001" + TIME + "000");
    }
  }

  @Test
  void pricesCountInTheStoresCurrencyOnly() {
    assertThat(facets("EUR").price()).isEqualTo(12.5);
    assertThat(facets("USD").price()).isNaN();
    assertThat(facets(null).price()).isNaN();
    ProfileNews deleted = ProfileNews.of(new Fact<>("i", null, 0), "EUR");
    assertThat(deleted.facets()).isEqualTo(ItemFacets.none("i"));
  }

  private static ItemFacets facets(String currency) {
    Double price = currency == null ? null : 12.5;
    CatalogItem item =
        new CatalogItem(
            "i",
            null,
            "c",
            "b",
            new TreeMap<>(),
            Status.ACTIVE,
            false,
            new Prices(currency, price, null, false, null, null, null, List.of()),
            Supply.NONE,
            null);
    return ProfileNews.of(new Fact<>("i", item, 0), "EUR").facets();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void messagesSurviveTheNetwork(long seed) throws IOException {
    Random random = new Random(seed);
    By by = By.values()[random.nextInt(3)];
    int[] numbers = random.ints(random.nextInt(5)).toArray();
    survives(PopulationChange.TYPE, new PopulationChange(by, random.nextInt(), random.nextLong()));
    survives(PopulationCuts.TYPE, new PopulationCuts(by, numbers));
    survives(ProfileDraft.TYPE, draft(random.nextInt(9) - 1, random.nextInt(1 << 20), 0));
    survives(ProfileDraft.TYPE, ProfileDraft.gone("v\u00e9", random.nextLong(), random.nextLong()));
    List<ProfileNews> news = new ArrayList<>();
    news.add(ProfileNews.republish());
    news.add(ProfileNews.forget("v", random.nextLong()));
    for (int i = 0; i < 4; i++) {
      news.add(
          ProfileNews.of(
              new ItemFacets(
                  "i",
                  i % 2 == 0 ? null : "c/d",
                  i / 2 == 0 ? null : "b",
                  random.nextBoolean() ? Double.NaN : random.nextDouble())));
    }
    for (ProfileNews of : news) {
      assertThat(roundTrip(ProfileNews.TYPE, of)).isEqualTo(of);
    }
  }

  private static <T> void survives(FlatTypeInfo<T> type, T value) throws IOException {
    assertThat(roundTrip(type, value)).usingRecursiveComparison().isEqualTo(value);
  }

  private static <T> T roundTrip(FlatTypeInfo<T> type, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    type.serializer().serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = type.serializer().deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }
}
