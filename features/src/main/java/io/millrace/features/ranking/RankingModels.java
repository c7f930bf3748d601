package io.millrace.features.ranking;

import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.ListOrder.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The versions that were published, the newest of each segment and those that lists may be frozen
 * at: the topic itself keeps the newest only. Not safe for use by several threads.
 */
public final class RankingModels {
  /** Versions kept of a segment beside those that lists are frozen at. */
  static final int KEPT = 32;

  private final Set<Long> frozen;

  /** By segment, in the order in which they were published. */
  private final Map<String, List<RankingModel>> versions = new HashMap<>();

  /**
   * None yet.
   *
   * @param frozen versions that are kept whatever is published after them
   */
  public RankingModels(Set<Long> frozen) {
    this.frozen = Set.copyOf(frozen);
  }

  /**
   * Takes a version that was published. One that lists may be frozen at stays as it was first told.
   *
   * @throws InvalidEventException if lists cannot be ordered by it, or it is of one segment too
   *     many; those before it stay
   */
  public void put(ModelSnapshot snapshot) throws InvalidEventException {
    RankingModel model = RankingModel.of(snapshot);
    List<RankingModel> ofSegment = versions.get(model.segment());
    if (ofSegment == null) {
      makeRoom(snapshot);
      ofSegment = new ArrayList<>();
      versions.put(model.segment(), ofSegment);
    }
    boolean known = ofSegment.stream().anyMatch(each -> each.version() == model.version());
    if (known && frozen.contains(model.version())) {
      return;
    }
    ofSegment.removeIf(before -> before.version() == model.version());
    ofSegment.add(model);
    trim(ofSegment);
  }

  /** A segment that is silent for long makes room for a new one. */
  private void makeRoom(ModelSnapshot snapshot) throws InvalidEventException {
    if (versions.size() < RankingModel.MAX_SEGMENTS) {
      return;
    }
    Map.Entry<String, List<RankingModel>> oldest =
        Collections.min(versions.entrySet(), Comparator.comparingLong(RankingModels::newestTime));
    if (newestTime(oldest) > snapshot.eventTime() - RankingModel.SILENT_MS) {
      throw new InvalidEventException(
          Reason.OUT_OF_RANGE,
          "model_id",
          "model_id is '"
              + snapshot.modelId()
              + "', of one segment beyond "
              + RankingModel.MAX_SEGMENTS
              + "; learn apart by what has fewer values");
    }
    versions.remove(oldest.getKey());
  }

  private static long newestTime(Map.Entry<String, List<RankingModel>> segment) {
    return segment.getValue().stream()
        .mapToLong(model -> model.snapshot().eventTime())
        .max()
        .orElseThrow();
  }

  private void trim(List<RankingModel> ofSegment) {
    List<RankingModel> others =
        ofSegment.stream().filter(model -> !frozen.contains(model.version())).toList();
    if (others.size() > KEPT) {
      ofSegment.remove(others.get(0));
    }
  }

  /** The version by which a list is to be ordered, null for as the neighbours have it. */
  public RankingModel get(String segment, ListOrder order) {
    if (order.kind() == Kind.NEIGHBOURS) {
      return null;
    }
    List<RankingModel> ofSegment = versions.getOrDefault(segment, List.of());
    for (int i = ofSegment.size() - 1; i >= 0; i--) {
      RankingModel model = ofSegment.get(i);
      if (order.kind() == Kind.LEARNED || model.version() == order.version()) {
        return model;
      }
    }
    return null;
  }

  /** Whether a version is known of some segment. */
  public boolean knows(long version) {
    return versions.values().stream()
        .flatMap(List::stream)
        .anyMatch(model -> model.version() == version);
  }

  /** All of them, to be {@link #put} again in this order. */
  public List<ModelSnapshot> all() {
    return versions.values().stream().flatMap(List::stream).map(RankingModel::snapshot).toList();
  }
}
