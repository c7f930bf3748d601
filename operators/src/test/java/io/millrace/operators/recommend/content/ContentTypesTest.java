package io.millrace.operators.recommend.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.recommend.FillIn;
import io.millrace.operators.types.FlatTypeInfo;
import io.millrace.operators.types.Snapshots;
import java.io.IOException;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ContentTypesTest {
  private static final long SEED = 43;
  private static final FillIn.Kind[] KINDS = FillIn.Kind.values();

  private final Random random = new Random(SEED);

  @Test
  void bandMessagesSurvive() throws IOException {
    assertSurvives(
        BandMessage.TYPE,
        () -> {
          byte[] hashes = new byte[random.nextInt(256)];
          random.nextBytes(hashes);
          return new BandMessage(
              random.nextLong(), random.nextInt(64), text(), random.nextLong(), hashes);
        });
    assertSurvives(BandMessage.TYPE, () -> BandMessage.leave(random.nextLong(), 3, text()));
  }

  @Test
  void pairMessagesSurvive() throws IOException {
    assertSurvives(
        PairMessage.TYPE,
        () -> {
          String[] others = new String[random.nextInt(60)];
          int[] similarities = new int[others.length];
          for (int i = 0; i < others.length; i++) {
            others[i] = text();
            similarities[i] = random.nextInt(256);
          }
          return new PairMessage(text(), random.nextLong(), others, similarities);
        });
  }

  @Test
  void fillInsSurvive() throws IOException {
    assertSurvives(
        FillIn.TYPE,
        () -> {
          String[] items = new String[random.nextInt(FillIn.MAX_ITEMS + 1)];
          float[] scores = new float[items.length];
          short[] evidence = new short[items.length];
          for (int i = 0; i < items.length; i++) {
            items[i] = text();
            scores[i] = random.nextFloat();
            evidence[i] = (short) random.nextInt(1_000);
          }
          return new FillIn(
              KINDS[random.nextInt(KINDS.length)],
              new PartialAnswer(text(), random.nextInt(1_000), items, scores, evidence));
        });
  }

  @Test
  void bandMessageIsSmall() throws IOException {
    BandMessage message = new BandMessage(-1, 15, "item-0000001", 1_748_736_000_000L, new byte[32]);

    assertThat(Snapshots.bytes(BandMessage.TYPE.serializer(), message)).hasSize(63);
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

  private String text() {
    return "漢ß" + Long.toString(random.nextLong() >>> random.nextInt(60), 36);
  }
}
