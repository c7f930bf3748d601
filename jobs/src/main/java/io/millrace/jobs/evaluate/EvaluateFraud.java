package io.millrace.jobs.evaluate;

import io.millrace.features.event.FraudRule;
import io.millrace.jobs.Failure;
import io.millrace.jobs.evaluate.FraudEvaluation.Outcome;
import io.millrace.jobs.options.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scores recorded orders and learns from them in one pass, and says how well fraud is told. */
public final class EvaluateFraud {
  private final List<FraudSet> sets;
  private final FraudProtocol protocol;
  private final List<FraudRule> rules;
  private final Options options;

  /**
   * @param folder of a set, or of such folders
   * @param rules files of rules; if there are any, they are looked at and not the model
   * @param options of the job
   * @throws Failure if there is no such set, or a rule is none
   */
  public EvaluateFraud(Path folder, FraudProtocol protocol, List<Path> rules, Options options) {
    this.rules = RuleFile.read(rules);
    this.sets = FraudSet.in(folder);
    this.protocol = protocol;
    this.options = options;
  }

  /** Runs all; the figures of all sets, set by set. */
  public List<Figure> run() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (FraudSet set : sets) {
      try {
        FraudInput.load(set, protocol, rules);
        if (!rules.isEmpty()) {
          figures.addAll(backtest(set));
          continue;
        }
        for (FraudMode mode : FraudMode.of(set.kind())) {
          figures.addAll(run(set, mode));
        }
      } finally {
        FraudInput.forget(set);
      }
    }
    return figures;
  }

  private List<Figure> backtest(FraudSet set) throws IOException {
    Outcome outcome = outcome(set, FraudMode.of(set.kind()).get(0), "rules");
    return new RuleFigures(set, FraudInput.of(set)).of(rules, outcome.run().tally());
  }

  private Outcome outcome(FraudSet set, FraudMode mode, String task) throws IOException {
    return EvaluationRun.of(
        set.name() + " " + task,
        FraudInput.of(set).recording().size(),
        new FraudEvaluation(set, mode, protocol, options)::run);
  }

  private List<Figure> run(FraudSet set, FraudMode mode) throws IOException {
    Outcome outcome = outcome(set, mode, mode.label());
    return mode == FraudMode.SHOPS
        ? FraudFigures.ofShop(set, mode, outcome)
        : FraudFigures.ofCards(set, mode, protocol, outcome);
  }
}
