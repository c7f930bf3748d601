package io.millrace.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Control.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ItemControlsTest {
  private static final long SEED = 5;
  private static final double[] FACTORS = {0.1, 0.3, 0.5, 1, 1.1, 1.7, 2, 10};
  private static final List<Target> TARGETS =
      List.of(
          new Target(Target.ITEM, "i0"),
          new Target(Target.ITEM, "i1"),
          new Target(Target.CATEGORY, "a"),
          new Target(Target.CATEGORY, "a/b"),
          new Target(Target.CATEGORY, "d"),
          new Target(Target.BRAND, "oak"),
          new Target(Target.ATTRIBUTE, "size=m"));

  private static Control random(String id, Random random) {
    boolean boost = random.nextInt(3) > 0;
    return new Control(
        id,
        boost ? Kind.BOOST : Kind.EXCLUDE,
        TARGETS.get(random.nextInt(TARGETS.size())),
        "ana",
        boost ? Value.of(FACTORS[random.nextInt(FACTORS.length)]) : null,
        random.nextInt(3) == 0 ? (long) random.nextInt(100) : null);
  }

  private static boolean covers(Target target, String item, Listing listing) {
    return switch (target.type()) {
      case Target.ITEM -> target.rest().equals(item);
      case Target.CATEGORY ->
          listing.category() != null && (listing.category() + "/").startsWith(target.rest() + "/");
      case Target.BRAND -> target.rest().equals(listing.brand());
      default -> target.attributeValue().equals(listing.attributes().get(target.attributeKey()));
    };
  }

  @Test
  void agreesWithGoingThroughAllControls() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      ItemControls controls = new ItemControls();
      Map<String, Control> naive = new TreeMap<>();
      long now = 0;
      for (int step = 0; step < 40; step++) {
        String id = "c" + random.nextInt(12);
        if (random.nextInt(4) == 0) {
          assertThat(controls.remove(id)).isEqualTo(naive.remove(id));
        } else {
          Control control = random(id, random);
          if (control.holdsAt(now)) {
            controls.put(control);
            naive.put(id, control);
          }
        }
        now += random.nextInt(3);
        controls.expire(now);
        long time = now;
        naive.values().removeIf(control -> !control.holdsAt(time));
        assertThat(controls.all()).containsExactlyInAnyOrderElementsOf(naive.values());

        String item = "i" + random.nextInt(3);
        Listing listing = RandomListings.next(random);
        Stream<Control> hits =
            naive.values().stream().filter(c -> covers(c.target(), item, listing));
        assertVerdict(controls.judge(item, listing), hits.toList());
      }
    }
  }

  private static void assertVerdict(ItemControls.Verdict verdict, List<Control> hits) {
    double boost = 1;
    for (Control control : hits) {
      boost *= control.kind() == Kind.BOOST ? control.factor() : 1;
    }
    assertThat(verdict.excluded())
        .as("seed %d", SEED)
        .isEqualTo(hits.stream().anyMatch(control -> control.kind() == Kind.EXCLUDE));
    assertThat(verdict.boost())
        .as("seed %d", SEED)
        .isCloseTo((float) Math.max(0.1, Math.min(10, boost)), within(1e-5f));
  }

  @Test
  void multipliesToTheSameBitsInAnyOrder() {
    Random random = new Random(SEED);
    List<Control> all =
        new ArrayList<>(
            Stream.of(0.3, 1.1, 1.7, 0.7, 2.3, 1.9)
                .map(
                    factor ->
                        new Control(
                            "c" + factor,
                            Kind.BOOST,
                            new Target(Target.ITEM, "i"),
                            "ana",
                            Value.of(factor),
                            null))
                .toList());
    Float first = null;
    for (int round = 0; round < 100; round++) {
      Collections.shuffle(all, random);
      ItemControls controls = new ItemControls();
      all.forEach(controls::put);
      float boost = controls.judge("i", null).boost();
      first = first == null ? Float.valueOf(boost) : first;
      assertThat(boost).isEqualTo(first);
    }
  }

  @Test
  void leavesPinsPricesAndVisitorsToOthers() {
    Target item = new Target(Target.ITEM, "i");
    Target visitor = new Target(Target.VISITOR, "v");

    assertThat(ItemControls.concerns(new Control("c", Kind.EXCLUDE, item, "ana", null, null)))
        .isTrue();
    assertThat(ItemControls.concerns(new Control("c", Kind.PIN, item, "ana", null, null)))
        .isFalse();
    assertThat(ItemControls.concerns(new Control("c", Kind.FREEZE_PRICES, item, "ana", null, null)))
        .isFalse();
    assertThat(ItemControls.concerns(new Control("c", Kind.EXCLUDE, visitor, "ana", null, null)))
        .isFalse();
  }
}
