package io.millrace.operators.recommend.content;

import io.millrace.operators.types.FlatTypeInfo;

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
}
