package io.millrace.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.bytes.ByteReader;
import io.millrace.features.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SalesTest {
  private static final long SEED = 77;

  private record Sale(long time, int pieces) {}

  private static List<Sale> random(Random random, int count, int times) {
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sales.add(new Sale(random.nextInt(times), 1 + random.nextInt(9)));
      if (random.nextInt(3) == 0) {
        Sale back = sales.get(random.nextInt(sales.size()));
        sales.add(new Sale(back.time(), -back.pieces()));
      }
    }
    return sales;
  }

  private static byte[] bytes(List<Sale> all) {
    Sales sales = new Sales();
    all.forEach(sale -> sales.add(sale.time(), sale.pieces()));
    return bytes(sales);
  }

  private static byte[] bytes(Sales sales) {
    ByteWriter out = new ByteWriter(16);
    sales.write(out);
    return out.toBytes();
  }

  @Test
  void sumsWhatWasSoldSince() {
    Random random = new Random(SEED);
    for (int round = 0; round < 50; round++) {
      List<Sale> log = random(random, 200, Sales.KEPT);
      Sales sales = new Sales();
      log.forEach(sale -> sales.add(sale.time(), sale.pieces()));
      for (int since = -1; since < Sales.KEPT; since++) {
        int from = since;
        long naive = log.stream().filter(s -> s.time() > from).mapToLong(Sale::pieces).sum();
        assertThat(sales.after(since)).as("seed %d", SEED).isEqualTo(naive);
      }
    }
  }

  @Test
  void leadsToTheSameBytesInAnyOrderEvenBeyondTheBound() {
    Random random = new Random(SEED);
    for (int round = 0; round < 50; round++) {
      List<Sale> log = random(random, 600, 2_000);
      byte[] expected = bytes(log);
      Collections.shuffle(log, random);

      assertThat(bytes(log)).as("seed %d", SEED).isEqualTo(expected);
      assertThat(bytes(Sales.read(new ByteReader(expected)))).isEqualTo(expected);
    }
  }

  @Test
  void countsWhatTheBoundPushesOutAsSoldAtTheOldestTimeKept() {
    Sales sales = new Sales();
    for (int time = 1; time <= Sales.KEPT + 44; time++) {
      sales.add(time, 1);
    }

    assertThat(sales.size()).isEqualTo(Sales.KEPT);
    assertThat(sales.after(200)).isEqualTo(100);
    assertThat(sales.after(45)).isEqualTo(255);
    assertThat(sales.after(20)).isEqualTo(300);
  }
}
