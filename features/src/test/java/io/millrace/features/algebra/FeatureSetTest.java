package io.millrace.features.algebra;

import static io.millrace.features.algebra.Feature.count;
import static io.millrace.features.algebra.Feature.distinct;
import static io.millrace.features.algebra.Feature.last;
import static io.millrace.features.algebra.Feature.mean;
import static io.millrace.features.algebra.Feature.ratio;
import static io.millrace.features.algebra.Feature.sessionEvents;
import static io.millrace.features.algebra.Feature.sessions;
import static io.millrace.features.algebra.Feature.sum;
import static io.millrace.features.algebra.Feature.top;
import static io.millrace.features.algebra.Span.days;
import static io.millrace.features.algebra.Span.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureSetTest {
  private static final Schema SCHEMA =
      Schema.of(
          "payments",
          Field.number("amount", 2),
          Field.number("points", 0),
          Field.text("country"),
          Field.flag("fraud"));

  private static void assertRefused(String message, Feature... features) {
    assertThatThrownBy(() -> FeatureSet.of("card", SCHEMA, features))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Feature named(String name) {
    return count(name).over(days(1));
  }

  @Test
  void refusesAFieldThatIsNotThereAndNamesTheNearest() {
    assertRefused(
        "feature a: field amout is not in schema payments; did you mean amount?",
        mean("a", "amout").over(days(1)));
    assertRefused(
        "feature a: its filter: field contry is not in schema payments; did you mean country?",
        named("a").where(Filter.not(Filter.is("contry", "NL"))));
    assertThatThrownBy(() -> FeatureSet.of("card", Schema.of("bare"), sum("a", "amount")))
        .hasMessage("feature a: field amount is not in schema bare; there are none");
  }

  @Test
  void refusesATypeThatDoesNotFit() {
    assertRefused(
        "feature a: mean of field country, which is a TEXT; it takes a NUMBER or FLAG",
        mean("a", "country"));
    assertRefused(
        "feature a: distinct of field fraud, which is a FLAG; it takes a NUMBER or TEXT",
        distinct("a", "fraud"));
    assertRefused(
        "feature a: its filter compares field amount with a TEXT; it is a NUMBER",
        named("a").where(Filter.is("amount", "much")));
    assertRefused(
        "feature a: its filter compares field amount with 1.005; it keeps 2 decimals, compare with as many",
        named("a").where(Filter.above("amount", 1.005)));
    assertRefused(
        "feature a: its filter: field points: 1.0E16 does not fit; with 0 decimals a number is below 1125899906842624 in magnitude, fewer decimals allow for more",
        named("a").where(Filter.above("points", 1e16)));
    assertRefused(
        "feature a: count takes no field; say where(...)",
        new Feature(
            "a", "", Aggregate.COUNT, "amount", null, null, Span.EVER, true, null, null, 0, null));
    assertRefused(
        "feature a: orElse takes a finite number, of a feature that is a number",
        last("a", "country").orElse(0));
  }

  @Test
  void refusesSpansThatAreTooShortOrTooLong() {
    assertRefused(
        "feature a: a window of 0; it may be 1 minute to 30 days", named("a").over(days(0)));
    assertRefused(
        "feature a: a window of 59 seconds; it may be 1 minute to 30 days",
        named("a").over(Duration.ofSeconds(59)));
    assertRefused(
        "feature a: a window of 31 days; it may be 1 minute to 30 days", named("a").over(days(31)));
    assertRefused(
        "feature a: a delay of 31 days; it may be 0 to 30 days", named("a").delayedBy(days(31)));
    assertRefused(
        "feature a: a delay of -1 minutes; it may be 0 to 30 days",
        named("a").delayedBy(minutes(-1)));
    assertRefused(
        "feature a: a half-life of 0; it may be 1 minute to 365 days",
        count("a").halvingEvery(days(0)));
    assertRefused(
        "feature a: mean has no half-life, only count, sum and top do; say over(...)",
        mean("a", "amount").halvingEvery(days(1)));
    assertThatThrownBy(() -> count("a").delayedBy(days(1)))
        .hasMessage("feature a: only a window can be delayed; say over(...) before delayedBy(...)");
  }

  @Test
  void refusesNamesThatAreTakenOrOfAnotherForm() {
    assertRefused("feature a: there are two of that name; rename one", named("a"), named("a"));
    assertRefused(
        "feature Paid: name it in snake_case: a letter first, then letters, digits and _, 63 at most",
        named("Paid"));
    assertThatThrownBy(() -> Schema.of("s", Field.text("a"), Field.flag("a")))
        .hasMessage("schema s: two fields are named a; rename one");
  }

  @Test
  void refusesARatioOfWhatCannotBeDivided() {
    assertRefused(
        "feature r: there is no feature fraud_7d to divide; did you mean frauds_7d?",
        sum("frauds_7d", "fraud").over(days(7)),
        ratio("r", "fraud_7d", "frauds_7d"));
    assertRefused(
        "feature q: r is a ratio itself; divide features that are none",
        named("a"),
        ratio("r", "a", "a"),
        ratio("q", "a", "r"));
    assertRefused(
        "feature r: c is a text; divide numbers",
        named("a"),
        last("c", "country"),
        ratio("r", "a", "c"));
    assertRefused(
        "feature r: a ratio has no filter or span of its own; declare them for its two features",
        named("a"),
        ratio("r", "a", "a").over(days(1)));
  }

  @Test
  void refusesATopThatCannotBeComputed() {
    assertRefused(
        "feature a: top looks at the events that are retained, not at all ever; say over(...) or halvingEvery(...)",
        top("a", "country", 3));
    assertRefused(
        "feature a: a top of 0 values; it may be 1 to 64", top("a", "country", 0).over(days(1)));
    assertRefused(
        "feature a: a top of 65 values; it may be 1 to 64", top("a", "country", 65).over(days(1)));
    assertRefused(
        "feature a: top of field amount, which is a NUMBER; it takes a TEXT",
        top("a", "amount", 3).over(days(1)));
    assertRefused(
        "feature a: field amout is not in schema payments; did you mean amount?",
        top("a", "country", 3).weighing("amout").over(days(1)));
    assertRefused(
        "feature a: events weighing field fraud, which is a FLAG; it takes a NUMBER",
        top("a", "country", 3).weighing("fraud").over(days(1)));
    assertRefused(
        "feature a: count weighs no events, only top does; leave weighing(...) out",
        named("a").weighing("amount"));
    assertRefused(
        "feature r: ratio weighs no events, only top does; leave weighing(...) out",
        named("a"),
        ratio("r", "a", "a").weighing("amount"));
    assertRefused(
        "feature a: orElse takes a finite number, of a feature that is a number",
        top("a", "country", 3).over(days(1)).orElse(0));
    assertRefused(
        "feature r: t is a list of texts; divide numbers",
        named("a"),
        top("t", "country", 3).over(days(1)),
        ratio("r", "a", "t"));
  }

  @Test
  void refusesSessionsThatCannotBeTold() {
    assertRefused(
        "feature a: sessions are counted in a window; say over(...)",
        sessions("a", "country", minutes(30)));
    assertRefused(
        "feature a: sessions are counted in a window; say over(...)",
        sessions("a", "country", minutes(30)).halvingEvery(days(1)));
    assertRefused(
        "feature a: it looks back over the events that are retained; leave its span out",
        sessionEvents("a", "country", minutes(30)).over(days(1)));
    assertRefused(
        "feature a: a gap of 999 milliseconds; it may be 1 second to 1 day",
        sessions("a", "country", Duration.ofMillis(999)).over(days(1)));
    assertRefused(
        "feature a: a gap of 2 days; it may be 1 second to 1 day",
        sessionEvents("a", "country", days(2)));
    assertRefused(
        "feature a: sessions need a gap; say how long a pause ends one",
        sessionEvents("a", "country", null));
    assertRefused(
        "feature a: sessions of field fraud, which is a FLAG; it takes a TEXT",
        sessions("a", "fraud", minutes(30)).over(days(1)));
  }

  @Test
  void refusesTooMany() {
    List<Feature> features = IntStream.range(0, 513).mapToObj(i -> named("a" + i)).toList();
    assertThatThrownBy(() -> FeatureSet.of("card", SCHEMA, features))
        .hasMessage("feature set card: 513 features; declare 1 to 512, or split the set");
    assertRefused("feature set card: 0 features; declare 1 to 512, or split the set");
    Feature[] filtered =
        IntStream.range(0, 61)
            .mapToObj(i -> named("a" + i).where(Filter.above("points", i)))
            .toArray(Feature[]::new);
    assertRefused(
        "feature a60: it brings the set to more than 60 different filters; split the set or share filters",
        filtered);
    Field[] fields =
        IntStream.range(0, 65).mapToObj(i -> Field.flag("f" + i)).toArray(Field[]::new);
    assertThatThrownBy(() -> Schema.of("s", fields))
        .hasMessage("schema s: 65 fields; 64 at most, leave out those no feature needs");
    assertThatThrownBy(() -> Field.number("a", 10))
        .hasMessage("field a: 10 decimals; a number keeps 0 to 9");
  }

  @Test
  void refusesValuesThatDoNotFit() {
    assertThatThrownBy(() -> SCHEMA.row(0, 0).number("amount", 2e13))
        .hasMessage(
            "field amount: 2.0E13 does not fit; with 2 decimals a number is below 11258999068426.24 in magnitude, fewer decimals allow for more");
    assertThatThrownBy(() -> SCHEMA.row(0, 0).number("amount", Double.NaN))
        .hasMessageStartingWith("field amount: NaN does not fit");
    assertThatThrownBy(() -> SCHEMA.row(0, 0).number("points", Long.MIN_VALUE))
        .hasMessageStartingWith("field points: -9223372036854775808 does not fit");
    assertThatThrownBy(() -> SCHEMA.row(0, 0).text("country", "x".repeat(257)))
        .hasMessage("field country: a text of 257 characters; 256 at most, cut it before");
    assertThatThrownBy(() -> SCHEMA.row(0, 0).number("country", 1))
        .hasMessage("field country is a TEXT in schema payments, not a NUMBER");
    assertThatThrownBy(() -> SCHEMA.row(0, 0).flag("frauds", true))
        .hasMessage("field frauds is not in schema payments; did you mean fraud?");
    assertThatThrownBy(() -> SCHEMA.row(Long.MAX_VALUE, 0))
        .hasMessage(
            "event time 9223372036854775807; give milliseconds since the epoch, below 2^53 in magnitude");
  }

  @Test
  void refusesEventsOfAnotherSchemaAndRowsOutOfBounds() {
    Layouts layouts = Layouts.of(FeatureSet.of("card", SCHEMA, named("a")));
    Row other = Schema.of("visits").row(0, 0).build();
    assertThatThrownBy(() -> new EntityFeatures(layouts).add(other))
        .hasMessage(
            "an event of schema visits for feature set card; build it with the set's own schema payments");
    assertThatThrownBy(() -> new EntityFeatures(layouts, 0))
        .hasMessage("0 rows to retain; it may be 1 to 4096");
    assertThatThrownBy(() -> new EntityFeatures(layouts).values())
        .hasMessage("no event yet; ask isEmpty() before");
    assertThatThrownBy(() -> layouts.set().indexOf("b"))
        .hasMessage("feature b is not in set card; did you mean a?");
  }

  @Test
  void featuresShareWhatTheyHaveInCommon() {
    Filter dutch = Filter.is("country", "NL");
    FeatureSet set =
        FeatureSet.of(
            "card",
            SCHEMA,
            mean("mean_1d", "amount").over(days(1)).where(dutch),
            sum("sum_1d", "amount").over(days(1)).where(Filter.is("country", "NL")),
            sum("sum_7d", "amount").over(days(7)).where(dutch));

    assertThat(set.plan().columns()).hasSize(1);
    assertThat(set.plan().filters()).hasSize(1);
    assertThat(set.plan().pairs()).hasSize(1);
    assertThat(set.plan().spans()).hasSize(2);
    assertThat(set.plan().tailMeasures()).hasSize(1);
  }
}
