package io.millrace.operators.recommend;

import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.session.SessionSettings;
import java.io.Serializable;

/**
 * All that sets up the recommender.
 *
 * @param session how clicks become sessions
 * @param neighbour how neighbours are kept and weighed
 * @param phases which clicks teach and which ask
 * @param writes what is written and how often
 * @param state what is kept where
 */
public record RecommendSettings(
    SessionSettings session,
    NeighbourSettings neighbour,
    LearnPhases phases,
    WriteSettings writes,
    StateSettings state)
    implements Serializable {

  /** The defaults of the contract. */
  public static final RecommendSettings DEFAULT =
      new RecommendSettings(
          SessionSettings.DEFAULT,
          NeighbourSettings.DEFAULT,
          LearnPhases.ALWAYS,
          WriteSettings.DEFAULT,
          StateSettings.DEFAULT);
}
