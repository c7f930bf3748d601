package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  /** 2025-11-24T16:00:00Z. */
  private static final long TIME = 1_764_000_000_000L;

  private static final Order ORDER =
      new Order(
          "e1",
          "o1",
          OrderStatus.PLACED,
          TIME,
          "guest-o1",
          null,
          "EUR",
          List.of(new Order.Line("i1", 2, 3.5, null), new Order.Line("i2", 3, null, null)),
          new Order.Details(
              120.5,
              null,
              "m1",
              new Order.Payment("card", "c1", "471100", "DE"),
              "d1",
              "10.0.0.1",
              "FR",
              null,
              "fr",
              "h1",
              TIME - 90_000,
              "north",
              "web"));

  private static boolean isMet(String where) throws InvalidExpressionException {
    EventValues values = new EventValues();
    values.turnTo(ORDER);
    return Expression.parse(EventFields.of(Source.ORDERS), where).matches(values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status == 'placed' && event_id == 'e1' && order_id == 'o1'",
        "event_time == 1764000000000 && visitor_id == 'guest-o1' && currency == 'EUR'",
        "lines == 2 && units == 5 && guest && total == 120.5 && merchant_id == 'm1'",
        "payment.method == 'card' && payment.card_id == 'c1' && payment.bin == '471100'",
        "payment.country == 'DE' && device_id == 'd1' && ip == '10.0.0.1'",
        "ip_country == 'FR' && shipping_country == 'fr' && email_hash == 'h1'",
        "account_created_at == 1763999910000 && account_age_seconds == 90",
        "region == 'north' && channel == 'web'",
        "session_id == null && user_id == null && billing_country == null",
        "starts_with(payment.bin, '4711')",
        "lower(ip_country) == shipping_country",
        "hour(event_time) == 16 && hour(event_time + 8 * 3600000) == 0",
        "abs(100 - total) == 20.5",
        "total in (1, 120.5) && currency in ('USD', 'EUR')",
      })
  void readsEveryFieldOfAnOrder(String where) throws Exception {
    assertThat(isMet(where)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 + 2 * 3 == 7; true",
        "(1 + 2) * 3 == 9; true",
        "7 - 2 - 1 == 4; true",
        "8 / 2 / 2 == 2; true",
        "2 * -3 == -6; true",
        "--1 == 1; true",
        "true || true && false; true",
        "(true || true) && false; false",
        "!false && false; false",
        "!(false && false); true",
        "1 < 2 == true; true",
      })
  void bindsAsInOtherLanguages(String where, boolean met) throws Exception {
    assertThat(isMet(where.replace("1 < 2 ==", "(1 < 2) =="))).isEqualTo(met);
  }

  /** billing_country is absent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "billing_country == 'DE'",
        "billing_country != 'DE'",
        "!(billing_country == 'DE')",
        "!(billing_country != 'DE')",
        "billing_country == billing_country",
        "billing_country in ('DE', 'FR')",
        "!(billing_country in ('DE', 'FR'))",
        "lower(billing_country) == 'de'",
        "!starts_with(billing_country, 'D')",
        "(billing_country == 'DE') == (billing_country == 'DE')",
        "total > 100 && billing_country != 'DE'",
        "!(total > 100 && billing_country == 'DE')",
        "total > 1000 || billing_country == 'DE'",
        "total / 0 > 1",
        "!(total / 0 > 1)",
        "!(1 / 0 > 1)",
        "1e308 * 10 > 1",
        "present(billing_country)",
        "billing_country != null",
      })
  void nothingFollowsFromWhatIsAbsent(String where) throws Exception {
    assertThat(isMet(where)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "billing_country == null",
        "!present(billing_country)",
        "!(billing_country != null)",
        "total > 100 || billing_country == 'DE'",
        "!(total > 1000 && billing_country == 'DE')",
        "billing_country == null || billing_country != 'DE'",
        "!(billing_country == null && total > 1000)",
      })
  void whatIsAbsentDoesNotHinderTheRest(String where) throws Exception {
    assertThat(isMet(where)).isTrue();
  }

  @Test
  void textsHaveEscapes() throws Exception {
    assertThat(isMet("'it\\'s \\\\ \\n\\t' == 'it\\'s \\\\ \n\t'")).isTrue();
    assertThat(isMet("starts_with('\\\\', '\\'')")).isFalse();
  }

  @Test
  void readsEveryFieldOfAClick() throws Exception {
    Click click =
        new Click(
            "e1",
            ClickType.ADD_TO_CART,
            TIME,
            "v1",
            "i1",
            List.of(),
            "s1",
            new Click.Details(
                "q", "u1", 2, 9.5, "p1", "EUR", 0, "v7", "web", "north", "d1", "ip1", "curl"));
    String where =
        "event_type == 'add_to_cart' && event_id == 'e1' && event_time > 0 && visitor_id == 'v1'"
            + " && item_id == 'i1' && items == null && session_id == 's1' && present(query)"
            + " && user_id == 'u1' && quantity == 2 && price == 9.5 && price_version == 'p1'"
            + " && currency == 'EUR' && index == 0 && served_version == 'v7' && channel == 'web'"
            + " && region == 'north' && device_id == 'd1' && ip == 'ip1' && user_agent == 'curl'";
    EventValues values = new EventValues();
    values.turnTo(click);

    assertThat(Expression.parse(EventFields.of(Source.CLICKSTREAM), where).matches(values))
        .isTrue();
  }

  @Test
  void theNextEventIsReadAnew() throws Exception {
    Expression placed = Expression.parse(EventFields.of(Source.ORDERS), "total > 100");
    EventValues values = new EventValues();
    values.turnTo(ORDER);
    assertThat(placed.matches(values)).isTrue();
    values.turnTo(Order.became("e2", "o1", OrderStatus.PAID, TIME, "v1"));
    assertThat(placed.matches(values)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        " ( total>100 )&&  (guest); total > 100 && guest",
        "(guest && guest) && guest; guest && guest && guest",
        "guest && (guest && guest); guest && (guest && guest)",
        "total - (1 - 2) > 0.50; total - (1 - 2) > 0.5",
        "null != total; present(total)",
        "!(total == null); !(total == null)",
        "(total > 1) == (total < 1); (total > 1) == (total < 1)",
        "total in (1,-2.0); total in (1, -2)",
      })
  void printsOneForm(String where, String printed) throws Exception {
    assertThat(Expression.parse(EventFields.of(Source.ORDERS), where)).hasToString(printed);
  }
}
