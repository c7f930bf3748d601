package io.millrace.operators.recommend.content;

import io.millrace.features.content.ContentSettings;
import io.millrace.features.content.ContentSignature;
import io.millrace.features.content.ContentTokens;
import java.util.Arrays;
import java.util.Set;
import org.apache.flink.ml.feature.lsh.MinHashLSHModelData;
import org.apache.flink.ml.linalg.DenseVector;
import org.apache.flink.ml.linalg.SparseVector;

/**
 * Signs sets of tokens with the hash functions of flink-ml-lib: one of its hash tables is a band,
 * one of a table's functions a row. Tokens are its dimensions, by their hash.
 */
final class MinHash {
  /** The prime the library counts in; dimensions beyond it would be one with others. */
  private static final int DIMENSIONS = 2_038_074_743;

  private final ContentSettings settings;
  private final MinHashLSHModelData functions;

  MinHash(ContentSettings settings) {
    this.settings = settings;
    this.functions =
        MinHashLSHModelData.generateModelData(
            settings.bands(), settings.rows(), DIMENSIONS, ContentSettings.SEED);
  }

  /**
   * @param tokens at least one
   */
  ContentSignature sign(Set<String> tokens) {
    int[] numbers = ContentTokens.numbers(tokens, DIMENSIONS);
    double[] ones = new double[numbers.length];
    Arrays.fill(ones, 1);
    DenseVector[] tables = functions.hashFunction(new SparseVector(DIMENSIONS, numbers, ones));
    int[] hashes = new int[settings.hashes()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = (int) tables[i / settings.rows()].values[i % settings.rows()];
    }
    return ContentSignature.of(hashes, settings);
  }
}
