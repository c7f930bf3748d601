package io.millrace.features.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.features.event.FraudRule.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionErrorsTest {
  private static InvalidExpressionException refusal(Source source, String where) {
    InvalidExpressionException refusal =
        catchThrowableOfType(
            InvalidExpressionException.class,
            () -> Expression.parse(EventFields.of(source), where));
    assertThat(refusal).as(where).isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1|found the end, expected a field, a number, a text in single quotes or '('",
        "` `|2|found the end, expected a field, a number, a text in single quotes or '('",
        "total >|8|found the end, expected a field, a number, a text in single quotes or '('",
        "total > > 1|9|found '>', expected a field, a number, a text in single quotes or '('",
        "total 100|7|found the number 100, expected an operator such as && or the end",
        "guest 'a'|7|found the text 'a', expected an operator such as && or the end",
        "(guest|7|found the end, expected ')'",
        "guest)|6|found ')', expected an operator such as && or the end",
        "1 < total < 5|11|found '<', expected && or __ between two comparisons",
        "total == 1 in (1)|12|found 'in', expected && or __ between two comparisons",
        "in (1)|1|found 'in', expected a field, a number, a text in single quotes or '(' before it",
        "total = 1|7|'=' is no comparison; write ==",
        "guest & guest|7|'&' stands alone; write &&",
        "total == \"a\"|10|texts stand in single quotes, such as 'EUR'",
        "total > 1 ; x|11|';' has no meaning here; put texts in single quotes",
        "currency == 'EUR|13|the text has no end; close it with a single quote",
        "currency == 'E\\UR'|15|a backslash stands before ', \\, n or t; write \\\\ for a backslash",
        "currency == 'E\\|15|a backslash stands before ', \\, n or t; write \\\\ for a backslash",
        "total > 1.|9|this is no number; write 12, 12.5 or 1e6, and texts in single quotes",
        "total > 1e|9|this is no number; write 12, 12.5 or 1e6, and texts in single quotes",
        "total > 12EUR|9|this is no number; write 12, 12.5 or 1e6, and texts in single quotes",
        "total > 1e999|9|the number is too large; 1e308 at most",
        "totl > 1|1|orders has no field totl; did you mean total?",
        "total > payment.contry|9|orders has no field payment.contry; did you mean payment.country?",
        "present(ipcountry)|9|orders has no field ipcountry; did you mean ip_country?",
        "present(1)|9|found the number 1, expected the name of a field",
        "present()|9|found ')', expected the name of a field",
        "upper(currency) == 'EUR'|1|there is no function upper; did you mean lower?",
        "total|1|total is a NUMBER; write a condition, such as total > 100",
        "'a'|1|'a' is a TEXT; write a condition, such as total > 100",
        "null|1|null can only be compared with a field, by == or !=",
        "(null) == total|2|null can only be compared with a field, by == or !=",
        "total > null|9|null can only be compared with a field, by == or !=",
        "null == null|9|only a field can be compared with null",
        "1 == null|1|only a field can be compared with null",
        "null in (1)|1|null can only be compared with a field, by == or !=",
        "total && guest|1|total is a NUMBER; && stands between conditions",
        "guest && currency|10|currency is a TEXT; && stands between conditions",
        "currency > 'A'|1|currency is a TEXT; > stands between numbers",
        "total + currency > 1|9|currency is a TEXT; + stands between numbers",
        "total == '1'|10|'1' is a TEXT, and total is a NUMBER; both have to be of one type",
        "guest == 1|10|1 is a NUMBER, and guest is a FLAG; both have to be of one type",
        "!ip_country == 'DE'|2|ip_country is a TEXT; ! stands before a condition, in parentheses",
        "-currency == 'a'|2|currency is a TEXT; - stands before a number",
        "abs(currency) > 1|5|currency is a TEXT; abs takes a NUMBER",
        "hour() > 1|6|found ')', expected a field, a number, a text in single quotes or '('",
        "abs(1, 2) > 1|6|found ',', expected ')'",
        "starts_with(ip)|15|found ')', expected ','",
        "guest in (1)|1|guest is a FLAG; in takes a number or a text",
        "total in ()|11|found ')', expected a number, as before 'in'",
        "total in (1, 'a')|14|found the text 'a', expected a number, as before 'in'",
        "currency in (1)|14|found the number 1, expected a text in single quotes, as before 'in'",
        "currency in ('a' 'b')|18|found the text 'b', expected ')'",
        "currency in 'a'|13|found the text 'a', expected '('",
        "status == 'payd'|11|status is never 'payd'; did you mean 'paid'?",
        "'payd' != status|1|status is never 'payd'; did you mean 'paid'?",
        "status in ('paid', 'placd')|20|status is never 'placd'; did you mean 'placed'?",
      })
  void saysWhereAndWhy(String where, int position, String fault) {
    InvalidExpressionException refusal = refusal(Source.ORDERS, where);

    assertThat(refusal.fault())
        .isEqualTo(
            fault.replace("__", "||").replace("'paid'?", "paid?").replace("'placed'?", "placed?"));
    assertThat(refusal.position()).isEqualTo(position);
  }

  @Test
  void whatVisitorsTypeIsTheirOwn() {
    for (String where : new String[] {"query == 'a'", "lower(query) == 'a'", "query in ('a')"}) {
      assertThat(refusal(Source.CLICKSTREAM, where).fault())
          .isEqualTo("of query only present(query) can be asked");
    }
    assertThat(refusal(Source.CLICKSTREAM, "total > 1").fault())
        .startsWith("clickstream has no field total");
  }

  @Test
  void quotesThePlaceAndMarksIt() {
    InvalidExpressionException refusal =
        refusal(
            Source.ORDERS, "total > 100\n&& totl < 5 && status == 'paid' && currency == 'EUR' ");

    assertThat(refusal)
        .hasMessage(
            "character 16, at 'totl < 5 && status == 'paid' && currency':"
                + " orders has no field totl; did you mean total?");
    assertThat(refusal.marked())
        .isEqualTo(
            """
            total > 100 && totl < 5 && status == 'paid' && currency
                           ^""");
    assertThat(refusal(Source.ORDERS, "guest &&"))
        .hasMessageStartingWith("character 9, at the end: found the end, expected");
  }

  @Test
  void boundsLengthDepthAndParts() throws Exception {
    EventFields<?> orders = EventFields.of(Source.ORDERS);
    Expression.parse(orders, "guest" + " ".repeat(1_995));
    InvalidExpressionException length = refusal(Source.ORDERS, "guest" + " ".repeat(1_996));
    assertThat(length.fault()).isEqualTo("2001 characters; 2000 at most");
    assertThat(length.position()).isEqualTo(2_001);

    Expression.parse(orders, "(".repeat(32) + "guest" + ")".repeat(32));
    Expression.parse(orders, "!".repeat(32) + "guest");
    for (String nest : new String[] {"(", "!", "-", "abs("}) {
      InvalidExpressionException depth = refusal(Source.ORDERS, nest.repeat(33) + "guest");
      assertThat(depth.fault()).isEqualTo("the expression is nested deeper than 32");
      assertThat(depth.position()).isEqualTo(33 * nest.length() + 1);
    }

    Expression.parse(orders, "guest" + " && guest".repeat(99));
    assertThat(refusal(Source.ORDERS, "guest" + " && guest".repeat(100)).fault())
        .isEqualTo("the expression has more than 200 parts; make several rules of it");
    Expression.parse(orders, "total in (1" + ",1".repeat(197) + ")");
    assertThat(refusal(Source.ORDERS, "total in (1" + ",1".repeat(198) + ")").fault())
        .startsWith("the expression has more than 200 parts");
  }
}
