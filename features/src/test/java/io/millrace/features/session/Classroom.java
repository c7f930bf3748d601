package io.millrace.features.session;

import io.millrace.features.event.Click;
import io.millrace.features.neighbour.SessionItems;
import io.millrace.features.session.VisitorSessions.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Delivers events to the sessions of their visitors as the stream does, with a watermark behind the
 * newest event, and writes down what the postings have learned.
 */
final class Classroom implements Lessons {
  private final SessionSettings settings;
  private final Map<String, VisitorSessions> visitors = new HashMap<>();
  private final Map<String, Map<Long, SessionItems>> taught = new TreeMap<>();
  private long newest;
  private boolean storesBytes;
  private Random hesitation;

  /** Lessons of any kind so far. */
  int lessons;

  Classroom(SessionSettings settings) {
    this.settings = settings;
  }

  /** Turns every visitor's sessions into bytes and back after every event. */
  Classroom storingBytes() {
    storesBytes = true;
    return this;
  }

  /** Lets the watermark stand still for a while, again and again, before it catches up. */
  Classroom hesitating(long seed) {
    hesitation = new Random(seed);
    return this;
  }

  @Override
  public void teach(String item, SessionItems session) {
    lessons++;
    taught.computeIfAbsent(item, i -> new TreeMap<>()).put(session.id(), session);
  }

  @Override
  public void retract(String item, long sessionId) {
    lessons++;
    Map<Long, SessionItems> sessions = taught.get(item);
    if (sessions != null && sessions.remove(sessionId) != null && sessions.isEmpty()) {
      taught.remove(item);
    }
  }

  Outcome deliver(Click event) {
    Outcome outcome = visitor(event.visitorId()).take(event, settings, this);
    newest = Math.max(newest, event.eventTime());
    if (hesitation == null || hesitation.nextInt(30) == 0) {
      advanceWatermark();
    }
    if (storesBytes) {
      visitors.replaceAll((name, sessions) -> VisitorSessions.ofBytes(sessions.toBytes()));
    }
    return outcome;
  }

  Classroom deliverAll(Iterable<Click> events) {
    events.forEach(this::deliver);
    advanceWatermark();
    return this;
  }

  private void advanceWatermark() {
    flushTo(newest - settings.outOfOrdernessMs() - 1);
  }

  /** As when a much later event has come. */
  Classroom flushAll() {
    flushTo(newest + 3 * settings.gapMs());
    return this;
  }

  private void flushTo(long watermark) {
    visitors.forEach(
        (name, sessions) -> {
          if (sessions.nextFlush(name, settings) <= watermark) {
            sessions.flush(name, watermark, settings, this);
            if (sessions.nextFlush(name, settings) <= watermark) {
              throw new AssertionError("still due after the flush: " + name);
            }
          }
        });
  }

  VisitorSessions visitor(String name) {
    return visitors.computeIfAbsent(name, n -> new VisitorSessions());
  }

  /** What the postings hold of all sessions but some. */
  Map<String, Map<Long, SessionItems>> taughtWithout(Set<Long> sessionIds) {
    Map<String, Map<Long, SessionItems>> rest = new TreeMap<>();
    taught.forEach(
        (item, sessions) -> {
          Map<Long, SessionItems> kept = new TreeMap<>(sessions);
          kept.keySet().removeAll(sessionIds);
          if (!kept.isEmpty()) {
            rest.put(item, kept);
          }
        });
    return rest;
  }

  /** By item and session id, what the item's posting holds. */
  Map<String, Map<Long, SessionItems>> taught() {
    return taught;
  }
}
