package io.millrace.features.rule;

import static io.millrace.features.rule.EventField.number;
import static io.millrace.features.rule.EventField.oneOf;
import static io.millrace.features.rule.EventField.orAbsent;
import static io.millrace.features.rule.EventField.presence;
import static io.millrace.features.rule.EventField.text;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.FraudRule.Source;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What expressions may ask of a click: its fields by the names of the contract, and {@code items},
 * how many items a list shows, absent for other clicks. What visitors typed in is their own: of
 * {@code query} a rule learns no more than that it is there.
 */
final class ClickFields {
  static final EventFields<Click> CATALOGUE =
      new EventFields<>(
          Source.CLICKSTREAM,
          List.of(
              oneOf(
                  "event_type",
                  Stream.of(ClickType.values()).map(ClickType::wireName).toList(),
                  click -> click.type().wireName()),
              text("event_id", Click::eventId),
              number("event_time", Click::eventTime),
              text("visitor_id", Click::visitorId),
              text("item_id", Click::itemId),
              number(
                  "items",
                  click -> click.itemIds().isEmpty() ? Double.NaN : click.itemIds().size()),
              text("session_id", Click::sessionId),
              presence("query", click -> click.details().query()),
              detail("user_id", Click.Details::userId),
              number("quantity", click -> orAbsent(click.details().quantity())),
              number("price", click -> orAbsent(click.details().price())),
              detail("price_version", Click.Details::priceVersion),
              detail("currency", Click.Details::currency),
              number("index", click -> orAbsent(click.details().index())),
              detail("served_version", Click.Details::servedVersion),
              detail("channel", Click.Details::channel),
              detail("region", Click.Details::region),
              detail("device_id", Click.Details::deviceId),
              detail("ip", Click.Details::ip),
              detail("user_agent", Click.Details::userAgent)));

  private ClickFields() {}

  private static EventField<Click> detail(String name, Function<Click.Details, String> of) {
    return text(name, click -> of.apply(click.details()));
  }
}
