package io.millrace.features.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityIdsTest {
  private static List<String> ids(io.millrace.features.event.VisitorEvent event) {
    return Arrays.stream(Entity.values()).map(kind -> EntityIds.of(kind, event)).toList();
  }

  @Test
  void areThoseThatAnEventNames() {
    Order bare = Order.placed("e", "o", 1, "v", "EUR", List.of());
    Order full =
        new Order(
            "e",
            "o",
            bare.status(),
            1,
            "v",
            null,
            "EUR",
            List.of(),
            new Order.Details(
                1.0,
                "user",
                "merchant",
                new Order.Payment("card", "card", "bin", "NL"),
                "device",
                "ip",
                null,
                null,
                null,
                "email",
                null,
                null,
                null));
    Click click =
        new Click(
            "e",
            ClickType.VIEW_CART,
            1,
            "v",
            null,
            List.of(),
            null,
            new Click.Details(
                null, null, null, null, null, null, null, null, null, null, "device", "ip", null));
    assertThat(ids(bare)).containsExactly("v", null, null, null, null, null);
    assertThat(ids(full)).containsExactly("v", "card", "device", "ip", "email", "merchant");
    assertThat(ids(click)).containsExactly("v", null, "device", "ip", null, null);
    assertThat(EntityIds.named(Entity.CARD, "4711")).isEqualTo("card:4711");
  }
}
