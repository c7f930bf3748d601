package io.millrace.jobs.evaluate;

import io.millrace.operators.fraud.ScoredOrder;

/** Takes the scores of a run, and lets orders pass when the first watermark has come out. */
final class ScoreTaking implements FraudAnswers.Taking<ScoredOrder> {
  private static final long serialVersionUID = 1;

  private final FraudSet set;
  private transient FraudRun run;

  ScoreTaking(FraudSet set) {
    this.set = set;
  }

  private FraudRun run() {
    if (run == null) {
      run = FraudInput.of(set).run();
    }
    return run;
  }

  @Override
  public void take(ScoredOrder order) {
    run().take(order);
  }

  @Override
  public void passed() {
    run().gate().passed();
  }
}
