package io.millrace.jobs.evaluate;

/** What a list is to foresee. */
enum LiveKind {
  VIEW("next viewed item"),
  CART("next cart"),
  PURCHASE("next purchase");

  private final String label;

  LiveKind(String label) {
    this.label = label;
  }

  /** As the table has it. */
  String label() {
    return label;
  }
}
