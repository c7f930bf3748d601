package io.millrace.operators.recommend;

import io.millrace.operators.forget.Forget;
import io.millrace.operators.types.FlatTypeInfo;

/**
 * What the postings are told beside sessions: fill-ins, each at the subtask of its item, and at
 * every subtask whom to forget and (neither) to write all live keys again.
 *
 * @param fillIn or null
 * @param forget or null
 */
record PostingNews(FillIn fillIn, Forget forget) {
  static final FlatTypeInfo<PostingNews> TYPE =
      new FlatTypeInfo<>(PostingNews.class, new PostingNewsSerializer());

  static PostingNews of(FillIn fillIn) {
    return new PostingNews(fillIn, null);
  }

  /** To write all live keys again. */
  static PostingNews republish() {
    return new PostingNews(null, null);
  }

  static PostingNews of(Forget forget) {
    return new PostingNews(null, forget);
  }
}
