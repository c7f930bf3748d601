package io.millrace.operators.recommend.ranking;

import io.millrace.features.event.ModelSnapshot;
import io.millrace.features.ranking.RankingExample;
import io.millrace.features.ranking.RankingLearner;
import io.millrace.features.ranking.RankingModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What one segment has learned, and its examples that wait for the watermark. The first versions
 * are published sooner than after so many examples, each after twice as many as the one before.
 */
final class SegmentLearner {
  /** Examples of which the first version is made. */
  private static final int FIRST = 32;

  /** Examples that wait, at most, some kilobytes each; beyond, those farthest ahead go. */
  static final int MOST_WAITING = 20_000;

  private final String segment;
  private final int publishEvery;
  private final RankingLearner learner;

  /** Of one visitor, no two are of the same time. */
  private final NavigableSet<RankingExample> waiting =
      new TreeSet<>(
          Comparator.comparingLong(RankingExample::time)
              .thenComparingLong(RankingExample::visitor));

  private long newest = Long.MIN_VALUE;
  private boolean changed;

  /** Examples that the version published last had seen. */
  private long published;

  /**
   * @param publishEvery examples after which a version is published
   * @param learner what was learned so far
   * @param examples that wait; those of other features are null
   */
  SegmentLearner(
      String segment,
      int publishEvery,
      RankingLearner learner,
      Collection<RankingExample> examples) {
    this.segment = segment;
    this.publishEvery = publishEvery;
    this.learner = learner;
    this.published = learner.examples();
    examples.stream().filter(example -> example != null).forEach(this::add);
    this.changed = false;
  }

  /**
   * Has an example wait.
   *
   * @return false if one had to go for it, or itself
   */
  boolean add(RankingExample example) {
    waiting.add(example);
    newest = Math.max(newest, example.time());
    changed = true;
    if (waiting.size() > MOST_WAITING) {
      waiting.pollLast();
      return false;
    }
    return true;
  }

  /** Event time of the newest example. */
  long newest() {
    return Math.max(newest, learner.newest());
  }

  /** A version was published, by this learner or by one there was before it. */
  void hear(RankingModel model) {
    if (learner.hear(model)) {
      published = learner.examples();
      changed = true;
    }
  }

  /** Learns from what has waited, up to an event time. */
  void learnUpTo(
      long time, Consumer<RankingLearner.Outcome> outcomes, Consumer<ModelSnapshot> versions) {
    while (!waiting.isEmpty() && waiting.first().time() <= time) {
      RankingLearner.Outcome outcome = learner.learn(waiting.pollFirst());
      outcomes.accept(outcome);
      changed = true;
      if (outcome == RankingLearner.Outcome.LEARNED && isDue(learner.examples())) {
        publish(versions);
      }
    }
  }

  private boolean isDue(long examples) {
    boolean early = examples < publishEvery && examples >= FIRST && Long.bitCount(examples) == 1;
    return early || examples % publishEvery == 0;
  }

  /** Publishes what no version has yet. */
  void publishRest(Consumer<ModelSnapshot> versions) {
    if (learner.examples() > published) {
      publish(versions);
    }
  }

  private void publish(Consumer<ModelSnapshot> versions) {
    published = learner.examples();
    changed = true;
    versions.accept(learner.publish(segment).snapshot());
  }

  /** Whether there is anything that the last snapshot had not; asking settles it. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  RankingLearner learner() {
    return learner;
  }

  /** Examples that wait. */
  int size() {
    return waiting.size();
  }

  List<RankingExample> waiting() {
    return new ArrayList<>(waiting);
  }
}
