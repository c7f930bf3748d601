package io.millrace.features.rule;

import io.millrace.features.event.FraudRule;
import io.millrace.features.event.FraudRule.Aggregate;
import io.millrace.features.event.FraudRule.Comparison;
import io.millrace.features.event.FraudRule.Entity;
import io.millrace.features.event.FraudRule.Source;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.rule.NaiveSequence.Happened;
import io.millrace.features.rule.NaiveWindow.Counted;
import io.millrace.features.rule.Replay.Match;
import io.millrace.features.rule.Replay.Timed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The matches of one rule, by a look at the sorted log. */
final class NaiveReplay {
  private final Timed timed;
  private final FraudRule rule;
  private final Map<String, List<Counted>> windows = new HashMap<>();
  private final Map<String, List<Happened>> sequences = new HashMap<>();

  NaiveReplay(Timed timed) {
    this.timed = timed;
    rule = timed.rule().rule();
  }

  List<Match> of(List<VisitorEvent> sorted) {
    List<Match> matches = new ArrayList<>();
    for (VisitorEvent event : sorted) {
      Map<String, Object> map = RandomEvents.asMap(event);
      Source source = map.containsKey("status") ? Source.ORDERS : Source.CLICKSTREAM;
      Object entity = map.get(nameOf(rule.entity()));
      int met = timed.rule().met(source, map);
      if (event.eventTime() > timed.since()
          && rule.holdsAt(event.eventTime())
          && met != 0
          && entity != null) {
        RuleMatch match = match(event.eventTime(), map, met, entity.toString());
        if (match != null) {
          matches.add(new Match(rule.ruleId(), entity.toString(), match));
        }
      }
    }
    return matches;
  }

  private static String nameOf(Entity entity) {
    return Map.of(
            Entity.VISITOR, "visitor_id",
            Entity.CARD, "payment.card_id",
            Entity.DEVICE, "device_id",
            Entity.IP, "ip",
            Entity.EMAIL, "email_hash",
            Entity.MERCHANT, "merchant_id")
        .get(entity);
  }

  private RuleMatch match(long time, Map<String, Object> event, int met, String entity) {
    long since =
        rule.effectiveFrom() == null
            ? timed.since()
            : Math.max(timed.since(), rule.effectiveFrom());
    if (!rule.steps().isEmpty()) {
      List<Happened> events = sequences.computeIfAbsent(entity, none -> new ArrayList<>());
      events.add(new Happened(time, met));
      long begin = NaiveSequence.begin(rule.steps(), rule.within(), events);
      if (begin == StepSequence.NONE) {
        return null;
      }
      events.clear();
      int size = rule.steps().stream().mapToInt(FraudRule.Step::times).sum();
      return new RuleMatch(size, begin, time, time - rule.within() >= since, false);
    } else if (rule.aggregate() == null) {
      return new RuleMatch(1, time, time, true, false);
    }
    Aggregate aggregate = rule.aggregate();
    Object value = aggregate.field() == null ? Double.valueOf(1) : event.get(aggregate.field());
    if (value == null) {
      return null;
    }
    List<Counted> events = windows.computeIfAbsent(entity, none -> new ArrayList<>());
    events.add(new Counted(time, value));
    double result = NaiveWindow.value(aggregate.function(), events, aggregate.window());
    long from = time - aggregate.window();
    return holds(rule.compare(), result, rule.threshold())
        ? new RuleMatch(result, from, time, from >= since, false)
        : null;
  }

  private static boolean holds(Comparison compare, double value, double threshold) {
    return switch (compare) {
      case EQUAL -> value == threshold;
      case UNEQUAL -> value != threshold;
      case BELOW -> value < threshold;
      case AT_MOST -> value <= threshold;
      case ABOVE -> value > threshold;
      case AT_LEAST -> value >= threshold;
    };
  }
}
