package io.millrace.features.session;

import io.millrace.features.event.Click;
import io.millrace.features.neighbour.SessionItems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The reference for {@link VisitorSessions}: has all events in memory, sorts them, cuts them into
 * sessions, and says what every posting must hold once everything has been flushed.
 */
final class NaiveSessions {
  private static final int WINDOW = 20;

  private NaiveSessions() {}

  /** By item and session id, the session as the item's posting must hold it. */
  static Map<String, Map<Long, SessionItems>> taught(
      Collection<Click> events, SessionSettings settings) {
    Map<String, Map<Long, SessionItems>> taught = new TreeMap<>();
    for (List<Click> session : sessions(events, settings)) {
      if (!isBot(session, settings)) {
        teach(session, taught);
      }
    }
    return taught;
  }

  /** All sessions, each with its events in order of (time, event id). */
  static List<List<Click>> sessions(Collection<Click> events, SessionSettings settings) {
    List<Click> sorted =
        new HashSet<>(events)
            .stream()
                .sorted(Comparator.comparingLong(Click::eventTime).thenComparing(Click::eventId))
                .toList();
    List<List<Click>> sessions = new ArrayList<>();
    Map<List<String>, List<Click>> open = new HashMap<>();
    for (Click event : sorted) {
      List<String> owner = new ArrayList<>(List.of(event.visitorId()));
      if (event.sessionId() != null) {
        owner.add(event.sessionId());
      }
      List<Click> session = open.get(owner);
      boolean paused =
          session != null
              && event.sessionId() == null
              && event.eventTime() - session.get(session.size() - 1).eventTime() > settings.gapMs();
      if (session == null || paused) {
        session = new ArrayList<>();
        open.put(owner, session);
        sessions.add(session);
      }
      session.add(event);
    }
    return sessions;
  }

  static long id(List<Click> session) {
    Click first = session.get(0);
    long own = first.sessionId() == null ? first.eventTime() : Hashes.of(first.sessionId());
    return VisitorIds.of(first.visitorId(), own);
  }

  private static void teach(List<Click> session, Map<String, Map<Long, SessionItems>> taught) {
    List<Click> clicks = clicks(session);
    List<String> items = clicks.stream().map(Click::itemId).toList();
    for (String item : new HashSet<>(items)) {
      int to = Math.min(items.lastIndexOf(item) + WINDOW - 1, items.size() - 1);
      List<Click> window = clicks.subList(Math.max(0, to + 1 - WINDOW), to + 1);
      if (window.stream().map(Click::itemId).distinct().count() > 1) {
        taught
            .computeIfAbsent(item, i -> new TreeMap<>())
            .put(
                id(session),
                new SessionItems(
                    id(session),
                    window.get(0).eventTime(),
                    clicks.get(to).eventTime(),
                    interests(window)));
      }
    }
  }

  /**
   * Items in order; one that the click before it was on too, by another kind of click, is left out.
   */
  private static String[] interests(List<Click> window) {
    List<String> items = new ArrayList<>();
    Click before = null;
    for (Click click : window) {
      boolean same = before != null && before.itemId().equals(click.itemId());
      if (!same || before.type() == click.type()) {
        items.add(click.itemId());
      }
      before = click;
    }
    return items.toArray(new String[0]);
  }

  /** Whether the session goes beyond the limits on bots. */
  static boolean isBot(List<Click> session, SessionSettings settings) {
    List<Click> clicks = clicks(session);
    Map<Long, Long> byMinute =
        clicks.stream()
            .collect(Collectors.groupingBy(c -> c.eventTime() / 60_000, Collectors.counting()));
    int moves = clicks.isEmpty() ? 0 : 1;
    for (int i = 1; i < clicks.size(); i++) {
      moves += clicks.get(i).itemId().equals(clicks.get(i - 1).itemId()) ? 0 : 1;
    }
    return settings.maxBreadth() > 0 && moves > settings.maxBreadth()
        || settings.maxClicksPerMinute() > 0
            && byMinute.values().stream().anyMatch(n -> n > settings.maxClicksPerMinute());
  }

  /** The events of a session that show interest. */
  static List<Click> clicks(List<Click> session) {
    return session.stream().filter(click -> click.type().showsInterest()).toList();
  }
}
