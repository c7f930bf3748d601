package io.millrace.features.watch;

import static io.millrace.features.fraud.BinnedSignal.binned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.features.algebra.EntityFeatures;
import io.millrace.features.algebra.Layouts;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.fraud.FraudDeclaration;
import io.millrace.features.fraud.FraudDeclarations;
import io.millrace.features.fraud.LabelledRisk;
import io.millrace.features.fraud.LabelledRules;
import io.millrace.features.fraud.SpendingRisk;
import io.millrace.features.fraud.SpendingRules;
import io.millrace.features.order.OrderEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalPlanTest {
  private static final long TIME = 1_764_000_000_000L;

  private static Order order(String id, String visitor, double total, Long created) {
    Order.Details details =
        new Order.Details(
            total,
            null,
            "m1",
            new Order.Payment("card", "c1", null, "NL"),
            "d1",
            "10.0.0.1",
            "NL",
            "BE",
            null,
            "e1",
            created,
            null,
            null);
    return new Order(
        id,
        id,
        OrderStatus.PLACED,
        TIME,
        visitor,
        null,
        "EUR",
        List.of(new Order.Line("i1", 2, 3.0, null), new Order.Line("i2", 1, null, null)),
        details);
  }

  private static double signal(SignalPlan plan, double[] signals, String name) {
    return signals[plan.declaration().place(name)];
  }

  @Test
  void readsWhatAnOrderSaysItself() {
    FraudDeclaration declaration =
        FraudDeclaration.named("all")
            .given("countries", "amount", "lines", "signup_age", "units")
            .feature("amount", binned("amount", 10))
            .build();
    SignalPlan plan = new SignalPlan(declaration);
    double[] observed = plan.observe(order("a", "v1", 12.5, TIME - 1_500));
    assertThat(observed).containsExactly(2, 12.5, 2, 1.5, 3);
    assertThat(plan.observe(order("a", "v1", 12.5, null))[3]).isNaN();
    for (Entity kind : Entity.values()) {
      assertThat(plan.signals(kind).isEmpty()).isTrue();
    }
  }

  @Test
  void knowsWhereTheSignalsOfShippedDeclarationsComeFrom() {
    SignalPlan shops = new SignalPlan(FraudDeclarations.shops());
    assertThat(shops.signals(Entity.VISITOR).spendings()).isEqualTo(1);
    assertThat(shops.signals(Entity.DEVICE).features().features())
        .singleElement()
        .matches(feature -> feature.name().equals("device_customers"));
    assertThat(shops.signals(Entity.CARD).isEmpty()).isTrue();
    assertThat(shops.labels())
        .extracting(KindLabels::kind)
        .containsExactly(Entity.DEVICE, Entity.IP, Entity.EMAIL);
    SignalPlan cards = new SignalPlan(FraudDeclarations.cardsAndMerchants());
    assertThat(cards.signals(Entity.CARD).spendings()).isEqualTo(1);
    assertThat(cards.labels())
        .singleElement()
        .satisfies(
            labels -> {
              double[] signals = cards.declaration().observation();
              assertThat(labels.explains(signals)).isFalse();
              signals[cards.declaration().place("card_ratio")] = 2.3;
              assertThat(labels.explains(signals)).isTrue();
              signals[cards.declaration().place("card_ratio")] = 2.1;
              assertThat(labels.explains(signals)).isFalse();
            });
  }

  @Test
  void fillsInWhatAnEntityRemembers() {
    SignalPlan plan =
        new SignalPlan(
            FraudDeclaration.named("two")
                .given("device_customers", "device_amount_1d")
                .entity(
                    "spent", "device_id", new SpendingRules(10, 1, 3, java.time.Duration.ofDays(1)))
                .entity("labelled", "device_id", LabelledRules.DEFAULT)
                .feature("sharing", binned("device_customers", 2))
                .build());
    KindSignals device = plan.signals(Entity.DEVICE);
    EntityFeatures known = new EntityFeatures(Layouts.of(device.features()));
    SpendingRisk spending = device.newSpending(0);
    for (int i = 0; i < 3; i++) {
      Order order = order("o" + i, i == 1 ? "v2" : "v1", 20, null);
      known.add(device.row(order, i));
      spending.add(TIME, i, 20L * OrderEntry.UNIT);
    }
    double[] signals = plan.declaration().observation();
    Order third = order("o2", "v1", 20, null);
    device.fill(signals, third, 2, 20L * OrderEntry.UNIT, List.of(spending), known);
    assertThat(signal(plan, signals, "device_customers")).isEqualTo(2);
    assertThat(signal(plan, signals, "device_amount_1d")).isEqualTo(60);
    // 20 over (10 + 20 + 20) / (1 + 2).
    assertThat(signal(plan, signals, "spent_ratio")).isCloseTo(1.2, within(1e-12));
    assertThat(signal(plan, signals, "labelled_risk_short")).isNaN();
    plan.labels().get(0).fill(signals, new LabelledRisk(LabelledRules.DEFAULT), TIME);
    assertThat(signal(plan, signals, "labelled_risk_short")).isEqualTo(.008);

    double[] unknown = plan.declaration().observation();
    device.fill(unknown, third, 2, -1, List.of(spending), known);
    assertThat(signal(plan, unknown, "spent_ratio")).isNaN();
    assertThat(signal(plan, unknown, "device_customers")).isEqualTo(2);
  }

  @Test
  void namesNobodyInWhatItCounts() {
    SignalPlan plan = new SignalPlan(FraudDeclarations.shops());
    KindSignals device = plan.signals(Entity.DEVICE);
    EntityFeatures known = new EntityFeatures(Layouts.of(device.features()));
    known.add(device.row(order("o1", "somebody-by-name", 20, null), 1));
    assertThat(new String(known.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("somebody-by-name")
        .doesNotContain("c1");
  }

  @Test
  void refusesSignalsAndEntitiesThatNothingGives() {
    assertThatThrownBy(
            () ->
                new SignalPlan(
                    FraudDeclaration.named("bad")
                        .given("device_custmers")
                        .feature("f", binned("device_custmers", 2))
                        .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "declaration bad: nothing gives signal device_custmers; did you mean"
                + " device_customers?");
    assertThatThrownBy(
            () ->
                new SignalPlan(
                    FraudDeclaration.named("bad")
                        .entity("phone", "phone_id", SpendingRules.DEFAULT)
                        .feature("f", binned("phone_ratio", 2))
                        .build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "declaration bad: the key of entity phone is phone_id; take one of visitor_id, card_id,"
                + " device_id, ip, email_hash, merchant_id");
  }
}
