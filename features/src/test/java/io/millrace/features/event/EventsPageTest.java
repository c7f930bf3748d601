package io.millrace.features.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.features.decision.OrderRiskJson;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.rule.CompiledRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md} says what the codecs take. */
class EventsPageTest {
  private static final long SEED = 4;

  // Tests run in the module's folder; the pages stand beside it.
  private static final Path PAGE = Path.of("..", "docs", "events.md");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static void assertNamed(Iterable<String> names) throws IOException {
    String page = page();
    assertThat(names).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  /** The names of all fields in some random values. */
  private static <E> Set<String> fields(Codec<E> codec) throws IOException {
    Set<String> names = new TreeSet<>();
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      byte[] json = codec.encoder().encode(codec.values().next(random));
      try (JsonParser parser = new JsonFactory().createParser(json)) {
        while (parser.nextToken() != null) {
          if (parser.currentToken() == JsonToken.START_OBJECT
              && "attributes".equals(parser.currentName())) {
            parser.skipChildren();
          } else if (parser.currentToken() == JsonToken.FIELD_NAME) {
            names.add(parser.currentName());
          }
        }
      }
    }
    return names;
  }

  @Test
  void namesEveryFieldOfEveryTopic() throws Exception {
    for (Codec<?> codec :
        List.of(
            Codec.CLICKS,
            Codec.ORDERS,
            Codec.CATALOG,
            Codec.CONTROLS,
            Codec.RULES,
            Codec.LABELS,
            Codec.ALERTS,
            Codec.ERASURES)) {
      Set<String> fields = fields(codec);
      assertThat(fields).hasSizeGreaterThan(1);
      assertNamed(fields);
    }
  }

  @Test
  void namesEveryTopicAndEveryNameThatIsTaken() throws Exception {
    assertNamed(
        List.of(
            Topics.CLICKSTREAM,
            Topics.ORDERS,
            Topics.CATALOG,
            Topics.CONTROLS,
            Topics.FRAUD_RULES,
            Topics.FRAUD_LABELS,
            Topics.ORDER_RISK,
            Topics.FRAUD_ALERTS,
            Topics.ERASURES,
            Topics.ERASURE_RECEIPTS,
            Topics.DEAD_LETTERS));
    for (WireNames<?> names :
        List.of(
            ClickType.NAMES,
            OrderStatus.NAMES,
            CatalogItem.Status.NAMES,
            Control.Kind.NAMES,
            FraudRule.State.NAMES,
            FraudRule.Entity.NAMES,
            FraudRule.Source.NAMES,
            FraudRule.Function.NAMES,
            FraudRule.Severity.NAMES,
            FraudRule.Action.NAMES,
            FraudLabel.Source.NAMES,
            FraudAlert.State.NAMES,
            FraudAlert.Cause.Type.NAMES)) {
      assertNamed(List.of(names.toString().split(", ")));
    }
  }

  @Test
  void namesEveryReason() throws Exception {
    assertNamed(Stream.of(Reason.values()).map(Reason::wireName).toList());
  }

  @Test
  void namesEveryBound() throws Exception {
    String page = page();
    assertThat(
            List.of(
                ClickCodec.MAX_LIST_ITEMS,
                OrderCodec.MAX_LINES,
                OrderCodec.MAX_QUANTITY,
                FieldReader.MAX_TEXT_CHARS,
                FieldReader.MAX_ID_BYTES,
                CatalogItemCodec.MAX_ATTRIBUTES,
                CatalogItemCodec.MAX_ATTRIBUTE_CHARS,
                CatalogItemCodec.MAX_PROMOTIONS,
                CatalogItemCodec.MAX_LEAD_TIME_DAYS,
                CategoryPath.MAX_LEVELS,
                CategoryPath.MAX_BYTES,
                Control.MAX_PLACE,
                ControlTargets.MAX_CHARS))
        .allSatisfy(bound -> assertThat(page).contains(String.format(Locale.ROOT, "%,d", bound)));
  }

  @Test
  void namesTheBoundsOfRulesAndAlerts() throws Exception {
    assertThat(page())
        .contains("objects | 1 to " + FraudRule.MAX_STEPS + ", each")
        .contains(String.format(Locale.ROOT, "`times` from 1 to %,d", FraudRule.MAX_TIMES))
        .contains("orders, at most " + FraudAlert.MAX_IDS + " each")
        .contains("contributed, at most " + FraudAlert.MAX_EVENTS + " ")
        .contains(
            "from `%s` to `%s`"
                .formatted(
                    RuleDuration.text(RuleDuration.MIN_MS),
                    RuleDuration.text(RuleDuration.MAX_MS)));
  }

  @Test
  void itsExamplesAreValid() throws Exception {
    Clock later = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    List<String> examples =
        EXAMPLE.matcher(page()).results().map((MatchResult found) -> found.group(1)).toList();

    for (String example : examples) {
      byte[] json = example.getBytes(UTF_8);
      if (example.contains("\"where\"")) {
        CompiledRule.of(new FraudRuleCodec(later).decode(json));
      } else if (example.contains("\"is_fraud\"")) {
        assertThat(new FraudLabelCodec(later).decode(json).fraud()).isTrue();
      } else if (example.contains("\"alert_id\"")) {
        assertThat(new FraudAlertCodec(later).decode(json).entity()).isEqualTo("card:4711");
      } else if (example.contains("\"band\"")) {
        assertThat(OrderRiskJson.readMessage(json).rules()).containsExactly("r7@3");
      } else if (example.contains("\"status\"")) {
        assertThat(new OrderCodec(later).decode(json).lines()).hasSize(2);
      } else if (example.contains("\"kind\"")) {
        assertThat(new ControlCodec(later).decode(json).factor()).isEqualTo(1.5);
      } else if (example.contains("\"job\"")) {
        assertThat(new ErasureReceiptCodec(later).decode(json).job()).isEqualTo("recommend");
      } else {
        assertThat(example).contains("\"reason\":");
      }
    }
    assertThat(examples).hasSize(10);
  }
}
