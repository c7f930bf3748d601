package io.millrace.operators.recommend;

import io.millrace.features.bundle.BundleSettings;
import io.millrace.features.cascade.CascadeSettings;
import io.millrace.features.content.ContentSettings;
import io.millrace.features.neighbour.NeighbourSettings;
import io.millrace.features.session.SessionSettings;
import java.io.Serializable;

/**
 * All that sets up the recommender.
 *
 * @param session how clicks become sessions
 * @param neighbour how neighbours are kept and weighed
 * @param ranking how candidates are put in order
 * @param cascade how lists are made of candidates
 * @param content how items of like content are found
 * @param bundle what a bundle is made of
 * @param bundleWrites how often bundles are written
 * @param phases which clicks teach and which ask
 * @param writes what is written and how often
 * @param items how the facts of items are kept and told
 * @param state what is kept where
 */
public record RecommendSettings(
    SessionSettings session,
    NeighbourSettings neighbour,
    RankingSettings ranking,
    CascadeSettings cascade,
    ContentSettings content,
    BundleSettings bundle,
    BundleWriteSettings bundleWrites,
    LearnPhases phases,
    WriteSettings writes,
    ItemFactsSettings items,
    StateSettings state)
    implements Serializable {

  /** The defaults of the contract. */
  public static final RecommendSettings DEFAULT =
      new RecommendSettings(
          SessionSettings.DEFAULT,
          NeighbourSettings.DEFAULT,
          RankingSettings.DEFAULT,
          CascadeSettings.DEFAULT,
          ContentSettings.DEFAULT,
          BundleSettings.DEFAULT,
          BundleWriteSettings.DEFAULT,
          LearnPhases.ALWAYS,
          WriteSettings.DEFAULT,
          ItemFactsSettings.DEFAULT,
          StateSettings.DEFAULT);
}
