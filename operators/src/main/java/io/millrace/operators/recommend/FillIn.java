package io.millrace.operators.recommend;

import io.millrace.features.neighbour.PartialAnswer;
import io.millrace.operators.types.FlatTypeInfo;
import java.util.Objects;

/**
 * What one item can fill a list up with where its sessions give too little. It replaces the item's
 * earlier one of the same kind; an empty one removes it.
 *
 * @param kind where it comes from
 * @param answer its source is the item it is for and the key; items best first, at most {@link
 *     #MAX_ITEMS}, each with its score and its evidence out of the answer's {@code sessions}
 */
public record FillIn(Kind kind, PartialAnswer answer) {
  /** Items of one fill-in. */
  public static final int MAX_ITEMS = 20;

  /** How it crosses the network. */
  public static final FlatTypeInfo<FillIn> TYPE =
      new FlatTypeInfo<>(FillIn.class, new FillInSerializer());

  public FillIn {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(answer, "answer");
  }

  /** Where a fill-in comes from. The order of the constants is part of the serialized form. */
  public enum Kind {
    /** Items of the same orders; evidence is orders. */
    BOUGHT_TOGETHER,
    /** Items of like content; evidence is likeness. */
    SIMILAR_CONTENT,
    /** Items that follow in sessions; evidence is sessions. */
    SEQUENCE
  }

  /** The item it is for. */
  public String item() {
    return answer.source();
  }

  /** Whether it takes the earlier one away. */
  public boolean isEmpty() {
    return answer.items().length == 0;
  }
}
