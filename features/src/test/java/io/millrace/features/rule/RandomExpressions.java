package io.millrace.features.rule;

import io.millrace.features.event.FraudRule.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Texts of conditions with what they mean, built together: a plain look at a map of an event, where
 * null stands for what is not known. The parser has no part in it.
 */
final class RandomExpressions {
  private static final String[] NUMBERS = {"0", "1", "2.5", "3", "1e0", "5"};
  private static final String[] TEXTS = {"DE", "FR", "xx", "Xx", "", "it's", "a\\b", "c1", "m1"};

  private final Random random;
  private final boolean orders;

  RandomExpressions(Random random, Source source) {
    this.random = random;
    orders = source == Source.ORDERS;
  }

  /**
   * Part of an expression.
   *
   * @param text as an analyst writes it
   * @param meaning what it is of an event
   * @param binding how close its outermost operator binds
   */
  record Part(String text, Function<Map<String, Object>, Object> meaning, int binding) {
    Object of(Map<String, Object> event) {
      return meaning.apply(event);
    }
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  private String space() {
    return pick("", " ", " ", "\n ");
  }

  /** In parentheses where it has to be, and at times where it need not. */
  private String in(Part part, int binding) {
    boolean needed = part.binding() < binding;
    return needed || random.nextInt(6) == 0
        ? "(" + space() + part.text() + space() + ")"
        : part.text();
  }

  private Part field(String name) {
    return new Part(name, event -> event.get(name), 9);
  }

  Part condition(int depth) {
    if (depth == 0) {
      return leaf();
    }
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        Part left = condition(depth - 1);
        Part right = condition(depth - 1);
        return new Part(
            in(left, 2) + space() + "&&" + space() + in(right, 3),
            event -> and((Boolean) left.of(event), (Boolean) right.of(event)),
            2);
      }
      case 2, 3 -> {
        Part left = condition(depth - 1);
        Part right = condition(depth - 1);
        return new Part(
            in(left, 1) + space() + "||" + space() + in(right, 2),
            event -> not(and(not((Boolean) left.of(event)), not((Boolean) right.of(event)))),
            1);
      }
      case 4 -> {
        Part of = condition(depth - 1);
        return new Part("!" + space() + in(of, 6), event -> not((Boolean) of.of(event)), 6);
      }
      case 5 -> {
        return equality(condition(depth - 1), condition(depth - 1));
      }
      default -> {
        return leaf();
      }
    }
  }

  private Part leaf() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> comparison(number(2), number(1));
      case 2 -> equality(text(1), text(1));
      case 3 -> inTexts();
      case 4 -> inNumbers();
      case 5 -> presence();
      case 6 -> startsWith();
      default -> kind();
    };
  }

  private Part kind() {
    String name = orders ? "status" : "event_type";
    String value = orders ? pick("placed", "paid", "payment_failed") : pick("view_item", "search");
    Part literal = new Part("'" + value + "'", event -> value, 9);
    return random.nextBoolean() ? equality(field(name), literal) : equality(literal, field(name));
  }

  private Part presence() {
    String name = orders ? pick("total", "ip_country", "guest", "status") : pick("query", "price");
    return switch (random.nextInt(3)) {
      case 0 -> new Part("present(" + name + ")", event -> event.containsKey(name), 9);
      case 1 -> new Part(name + space() + "!= null", event -> event.containsKey(name), 3);
      default -> new Part("null ==" + space() + name, event -> !event.containsKey(name), 3);
    };
  }

  private Part startsWith() {
    Part whole = text(1);
    Part start = text(0);
    return new Part(
        "starts_with(" + whole.text() + "," + space() + start.text() + ")",
        event -> {
          String of = (String) whole.of(event);
          String with = (String) start.of(event);
          return of == null || with == null ? null : of.startsWith(with);
        },
        9);
  }

  private Part inTexts() {
    Part of = text(1);
    List<String> texts = List.of(pick(TEXTS), pick(TEXTS), pick(TEXTS));
    return new Part(
        in(of, 4)
            + " in ("
            + String.join("," + space(), texts.stream().map(RandomExpressions::quote).toList())
            + ")",
        event -> of.of(event) == null ? null : texts.contains(of.of(event)),
        3);
  }

  private Part inNumbers() {
    Part of = number(1);
    List<String> numbers = List.of(pick(NUMBERS), "-" + pick(NUMBERS), "-0");
    return new Part(
        in(of, 4) + " in (" + String.join(",", numbers) + ")",
        event -> {
          Double value = (Double) of.of(event);
          return value == null
              ? null
              : numbers.stream().anyMatch(n -> Double.parseDouble(n) == value.doubleValue());
        },
        3);
  }

  private Part equality(Part left, Part right) {
    boolean equal = random.nextBoolean();
    return new Part(
        in(left, 4) + space() + (equal ? "==" : "!=") + space() + in(right, 4),
        event -> {
          Object one = left.of(event);
          Object other = right.of(event);
          return one == null || other == null ? null : one.equals(other) == equal;
        },
        3);
  }

  private Part comparison(Part left, Part right) {
    String sign = pick("<", "<=", ">", ">=", "==", "!=");
    return new Part(
        in(left, 4) + space() + sign + space() + in(right, 4),
        event -> {
          Double one = (Double) left.of(event);
          Double other = (Double) right.of(event);
          if (one == null || other == null) {
            return null;
          }
          double a = one;
          double b = other;
          return sign.equals("<")
              ? a < b
              : sign.equals("<=")
                  ? a <= b
                  : sign.equals(">")
                      ? a > b
                      : sign.equals(">=") ? a >= b : sign.equals("==") ? a == b : a != b;
        },
        3);
  }

  private Part number(int depth) {
    int what = depth == 0 ? random.nextInt(2) : random.nextInt(6);
    if (what == 0) {
      String literal = pick(NUMBERS);
      return new Part(literal, event -> Double.parseDouble(literal), 9);
    } else if (what <= 2) {
      return field(
          orders
              ? pick("total", "units", "lines", "account_age_seconds", "event_time")
              : pick("price", "quantity", "index", "items"));
    } else if (what == 3) {
      Part of = number(depth - 1);
      return new Part(
          "-" + space() + in(of, 6),
          event -> of.of(event) == null ? null : -(Double) of.of(event),
          6);
    } else if (what == 4) {
      Part of = number(depth - 1);
      boolean abs = random.nextBoolean();
      return new Part(
          (abs ? "abs(" : "hour(") + of.text() + ")",
          event -> {
            Double value = (Double) of.of(event);
            return value == null
                ? null
                : abs ? (Double) Math.abs(value) : (Double) hour(value.longValue());
          },
          9);
    }
    return arithmetic(number(depth - 1), number(depth - 1));
  }

  private static double hour(long time) {
    return java.time.Instant.ofEpochMilli(time).atOffset(java.time.ZoneOffset.UTC).getHour();
  }

  private Part arithmetic(Part left, Part right) {
    String sign = pick("+", "-", "*", "/");
    int binding = sign.equals("+") || sign.equals("-") ? 4 : 5;
    return new Part(
        in(left, binding) + space() + sign + space() + in(right, binding + 1),
        event -> {
          Double one = (Double) left.of(event);
          Double other = (Double) right.of(event);
          if (one == null || other == null) {
            return null;
          }
          double result =
              sign.equals("+")
                  ? one + other
                  : sign.equals("-") ? one - other : sign.equals("*") ? one * other : one / other;
          return Double.isFinite(result) ? (Double) result : null;
        },
        binding);
  }

  private Part text(int depth) {
    int what = random.nextInt(depth == 0 ? 2 : 4);
    if (what == 0) {
      String value = pick(TEXTS);
      return new Part(quote(value), event -> value, 9);
    } else if (what < 3) {
      return field(
          orders
              ? pick("ip_country", "billing_country", "payment.country", "merchant_id")
              : pick("channel", "device_id"));
    }
    Part of = text(depth - 1);
    return new Part(
        "lower(" + of.text() + ")",
        event -> of.of(event) == null ? null : ((String) of.of(event)).toLowerCase(Locale.ROOT),
        9);
  }

  static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static Boolean and(Boolean one, Boolean other) {
    if (Boolean.FALSE.equals(one) || Boolean.FALSE.equals(other)) {
      return false;
    }
    return one == null || other == null ? null : Boolean.TRUE;
  }

  private static Boolean not(Boolean of) {
    return of == null ? null : !of;
  }
}
