package io.millrace.features.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import io.millrace.features.session.Hashes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctSketchTest {
  private static final long SEED = 8;

  private static byte[] bytes(DistinctSketch items) {
    ByteWriter out = new ByteWriter(16);
    items.write(out);
    return out.toBytes();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 200_000})
  void countsWithinThreePercentInFourKilobytes(int size) {
    DistinctSketch items = new DistinctSketch(12);
    for (int i = 0; i < size; i++) {
      items.add(Hashes.of("item-" + i));
      items.add(Hashes.of("item-" + i / 2));
    }

    assertThat(items.count()).isCloseTo(size, within(size * .03));
    assertThat(bytes(items)).hasSizeLessThanOrEqualTo(4_096 + 2);
  }

  @Test
  void readsBackWhatItWroteAndForgetsTheOrder() {
    Random random = new Random(SEED);
    for (int size = 0; size < 6_000; size += 1 + size / 4) {
      long[] hashes = random.longs(size).toArray();
      DistinctSketch forth = new DistinctSketch(12);
      DistinctSketch back = new DistinctSketch(12);
      DistinctSketch half = new DistinctSketch(12);
      DistinctSketch rest = new DistinctSketch(12);
      for (int i = 0; i < size; i++) {
        forth.add(hashes[i]);
        back.add(hashes[size - 1 - i]);
        back.add(hashes[random.nextInt(size)]);
        (i % 2 == 0 ? half : rest).add(hashes[i]);
      }
      half.add(rest);
      DistinctSketch read = DistinctSketch.read(new ByteReader(bytes(forth)), 12);

      assertThat(bytes(back)).as("seed %d, size %d", SEED, size).isEqualTo(bytes(forth));
      assertThat(bytes(half)).isEqualTo(bytes(forth));
      assertThat(bytes(read)).isEqualTo(bytes(forth));
      assertThat(read.count()).isEqualTo(forth.count());
      assertThat(bytes(forth).length).isLessThanOrEqualTo(Math.min(4_098, 3 + 3 * size));
    }
  }
}
