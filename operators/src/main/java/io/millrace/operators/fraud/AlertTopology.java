package io.millrace.operators.fraud;

import io.millrace.features.alert.Suspicion;
import io.millrace.features.event.Control;
import io.millrace.features.event.Erasure;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.fraud.RiskPolicy;
import io.millrace.operators.job.KeyedBeside;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.EventTypes;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** Alerts as a graph: suspicions → {@link AlertKeeper} → {@link VisitorRisks}. */
final class AlertTopology {
  private final FraudSettings settings;
  private final DataStream<AlertNews> news;
  private final SingleOutputStreamOperator<FraudAlert> alerts;
  private final SingleOutputStreamOperator<RedisWrite> risks;

  /**
   * Adds the operators to the job.
   *
   * @param suspicions of rules
   * @param scored payments that are settled
   */
  AlertTopology(
      DataStream<Suspicion> suspicions,
      DataStream<ScoredOrder> scored,
      DataStream<Fact<Control>> controls,
      DataStream<Fact<Erasure>> erasures,
      FraudSettings settings) {
    this.settings = settings;
    news = news(controls, erasures);
    alerts = alerts(suspicions.union(suspicions(scored)));
    risks = risks(scored);
  }

  private static DataStream<AlertNews> news(
      DataStream<Fact<Control>> controls, DataStream<Fact<Erasure>> erasures) {
    return controls
        .map(AlertNews::of, AlertNews.TYPE)
        .name("controls for alerts")
        .uid(FraudUids.CONTROLS_FOR_ALERTS)
        .union(
            erasures
                .map(fact -> AlertNews.of(fact.value()), AlertNews.TYPE)
                .name("erasures for alerts")
                .uid(FraudUids.ERASURES_FOR_ALERTS));
  }

  private DataStream<Suspicion> suspicions(DataStream<ScoredOrder> scored) {
    RiskPolicy policy = settings.scores().policy();
    AlertSettings alerting = settings.alerts();
    return scored
        .flatMap(
            (ScoredOrder order, Collector<ScoredOrder> out) -> {
              if (ModelAlerts.concerns(order, policy, alerting)) {
                out.collect(order);
              }
            },
            ScoredOrder.TYPE)
        .name("alert candidates")
        .uid(FraudUids.CANDIDATES)
        .transform("model alerts", Suspicions.TYPE, new ModelAlerts(policy, alerting))
        .uid(FraudUids.MODEL_ALERTS)
        .setParallelism(1);
  }

  private SingleOutputStreamOperator<FraudAlert> alerts(DataStream<Suspicion> suspicions) {
    return KeyedBeside.add(
            suspicions.keyBy(Suspicion::entity, Types.STRING),
            news.broadcast(),
            "alert keeper",
            EventTypes.FRAUD_ALERT,
            new AlertKeeper(settings.alerts(), settings.watch().retention()),
            0)
        .uid(FraudUids.ALERTS);
  }

  /** An alert that names a visitor tells so again as long as it has to do with them. */
  private Duration alertsFor() {
    return settings.alerts().quiet().plus(settings.alerts().updateInterval()).multipliedBy(2);
  }

  private SingleOutputStreamOperator<RedisWrite> risks(DataStream<ScoredOrder> scored) {
    DataStream<RiskNews> ofVisitors =
        scored
            .map(RiskNews::of, RiskNews.TYPE)
            .name("scores of visitors")
            .uid(FraudUids.SCORES_OF_VISITORS)
            .union(
                alerts
                    .flatMap(
                        (FraudAlert alert, Collector<RiskNews> out) -> RiskNews.of(alert, out),
                        RiskNews.TYPE)
                    .name("alerts of visitors")
                    .uid(FraudUids.ALERTS_OF_VISITORS));
    return KeyedBeside.add(
            ofVisitors.keyBy(RiskNews::visitor, Types.STRING),
            news.broadcast(),
            "visitor risks",
            RedisWrite.TYPE,
            new VisitorRisks(FraudTopology.JOB, settings.scores(), settings.watch(), alertsFor()),
            0)
        .uid(FraudUids.RISKS);
  }

  /** Alert episodes. */
  DataStream<FraudAlert> alerts() {
    return alerts;
  }

  /** What there is to write of visitors. */
  DataStream<RedisWrite> risks() {
    return risks;
  }
}
