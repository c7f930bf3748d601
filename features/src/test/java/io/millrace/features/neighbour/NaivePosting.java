package io.millrace.features.neighbour;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reference for {@link Posting}: a map of sessions, sorted whenever it is looked at. */
final class NaivePosting {
  private static final Comparator<SessionItems> NEWEST_FIRST =
      Comparator.comparingLong(SessionItems::time).thenComparingLong(SessionItems::id).reversed();

  private final int maxSessions;
  private Map<Long, SessionItems> sessions = new HashMap<>();

  NaivePosting(int maxSessions) {
    this.maxSessions = maxSessions;
  }

  /** What a bound has pushed out does not come back when another session is taken out. */
  void upsert(SessionItems session) {
    sessions.put(session.id(), session);
    Map<Long, SessionItems> kept = new HashMap<>();
    sessions().forEach(s -> kept.put(s.id(), s));
    sessions = kept;
  }

  void remove(long sessionId) {
    sessions.remove(sessionId);
  }

  /** The newest sessions, newest first. */
  List<SessionItems> sessions() {
    return newest(sessions.values(), maxSessions);
  }

  static List<SessionItems> newest(Iterable<SessionItems> sessions, int limit) {
    List<SessionItems> sorted = new ArrayList<>();
    sessions.forEach(sorted::add);
    sorted.sort(NEWEST_FIRST);
    return sorted.subList(0, Math.min(limit, sorted.size()));
  }

  /** The newest sessions up to the first with which their distinct items exceed a size. */
  static List<SessionItems> newestWithin(int bytes, List<SessionItems> sessions) {
    List<SessionItems> kept = new ArrayList<>();
    Set<String> items = new HashSet<>();
    for (SessionItems session : newest(sessions, sessions.size())) {
      items.addAll(List.of(session.items()));
      if (items.stream().mapToInt(item -> item.getBytes(UTF_8).length).sum() > bytes) {
        break;
      }
      kept.add(session);
    }
    return kept;
  }
}
