package io.millrace.operators.recommend.content;

import io.millrace.operators.types.FlatTypeInfo;
import java.util.Arrays;

/**
 * What a bucket tells an item of others in it.
 *
 * @param item whom it tells; the key
 * @param bucket which bucket; only it takes back what it has said
 * @param others the other items
 * @param similarities how like they are, 1 to {@link
 *     io.millrace.features.content.ContentSettings#SIMILARITY_PARTS}; 0 if they are not, or no more
 */
public record PairMessage(String item, long bucket, String[] others, int[] similarities) {
  /** How it crosses the network. */
  public static final FlatTypeInfo<PairMessage> TYPE =
      new FlatTypeInfo<>(PairMessage.class, new PairMessageSerializer());

  /** Tells of one other. */
  static PairMessage of(String item, long bucket, String other, int similarity) {
    return new PairMessage(item, bucket, new String[] {other}, new int[] {similarity});
  }

  /** Both in one, for the same item of the same bucket. */
  PairMessage and(PairMessage later) {
    int count = others.length;
    String[] allOthers = Arrays.copyOf(others, count + later.others.length);
    int[] allSimilarities = Arrays.copyOf(similarities, allOthers.length);
    System.arraycopy(later.others, 0, allOthers, count, later.others.length);
    System.arraycopy(later.similarities, 0, allSimilarities, count, later.others.length);
    return new PairMessage(item, bucket, allOthers, allSimilarities);
  }
}
