package io.millrace.operators.profile;

import io.millrace.features.algebra.FeatureSet;
import io.millrace.features.catalogue.FacetTable;
import io.millrace.features.event.Control;
import io.millrace.features.event.ErasureReceipt;
import io.millrace.features.event.VisitorEvent;
import io.millrace.features.profile.ProfileMaker;
import io.millrace.operators.job.KeyedBeside;
import io.millrace.operators.job.Republish;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.kafka.Timed;
import io.millrace.operators.redis.RedisWrite;
import io.millrace.operators.types.EventTypes;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Profiles as a graph: clicks and orders → {@link VisitorProfiles} → {@link ProfileWriter}, beside
 * them the {@link PopulationKeeper} that visitors are compared by. Sources and sinks are the
 * caller's.
 */
public final class ProfileTopology {
  /** The job's name, as receipts have it. */
  public static final String JOB = "profile";

  private final SingleOutputStreamOperator<ProfileDraft> drafts;
  private final SingleOutputStreamOperator<RedisWrite> writes;

  /**
   * Adds the operators to the job of the clicks.
   *
   * @param features of a visitor, see {@link io.millrace.features.profile.VisitorFeatures}
   * @throws IllegalArgumentException if the features cannot be computed, or those that a profile is
   *     made of are missing
   */
  public ProfileTopology(
      ProfileInputs inputs, SerializableSupplier<FeatureSet> features, KeepSettings settings) {
    // In the tasks it would be too late to say what is wrong.
    new ProfileMaker(features.get(), new FacetTable(), settings.profile(), settings.epoch());
    drafts =
        KeyedBeside.add(
                events(inputs).keyBy(event -> event.event().visitorId(), Types.STRING),
                news(inputs, settings).broadcast(),
                "visitor profiles",
                ProfileDraft.TYPE,
                new VisitorProfiles(JOB, features, settings),
                0)
            .uid(ProfileUids.PROFILES);
    DataStream<PopulationCuts> cuts =
        drafts
            .getSideOutput(VisitorProfiles.POPULATION)
            .keyBy(PopulationKeeper::key, Types.STRING)
            .transform(
                "population",
                PopulationCuts.TYPE,
                new PopulationKeeper(settings.populationInterval()))
            .uid(ProfileUids.POPULATION);
    writes =
        drafts
            .connect(cuts.broadcast())
            .transform("profile writer", RedisWrite.TYPE, new ProfileWriter(settings.epoch()))
            .uid(ProfileUids.WRITER);
  }

  private static DataStream<Timed<VisitorEvent>> events(ProfileInputs inputs) {
    return inputs
        .clicks()
        .map(
            click -> new Timed<VisitorEvent>(click.event(), click.origin()),
            Timed.typeInfo(EventTypes.VISITOR_EVENT))
        .name("clicks")
        .uid(ProfileUids.CLICKS)
        .union(
            inputs
                .orders()
                .map(
                    order -> new Timed<VisitorEvent>(order.event(), order.origin()),
                    Timed.typeInfo(EventTypes.VISITOR_EVENT))
                .name("orders")
                .uid(ProfileUids.ORDERS));
  }

  private static DataStream<ProfileNews> news(ProfileInputs inputs, KeepSettings settings) {
    String currency = settings.profile().currency();
    return inputs
        .catalogue()
        .map(fact -> ProfileNews.of(fact, currency), ProfileNews.TYPE)
        .name("item facets")
        .uid(ProfileUids.FACETS)
        .union(
            inputs
                .erasures()
                .map(fact -> ProfileNews.of(fact.value()), ProfileNews.TYPE)
                .name("erasures")
                .uid(ProfileUids.ERASURES),
            inputs
                .controls()
                .flatMap(
                    (Fact<Control> control, Collector<ProfileNews> out) -> {
                      if (Republish.isFor(JOB, control)) {
                        out.collect(ProfileNews.republish());
                      }
                    },
                    ProfileNews.TYPE)
                .name("republish")
                .uid(ProfileUids.REPUBLISH));
  }

  /** One for every visitor forgotten. */
  public DataStream<ErasureReceipt> receipts() {
    return drafts.getSideOutput(VisitorProfiles.RECEIPTS);
  }

  /** Writes profiles to Redis. */
  public void writeTo(Sink<RedisWrite> sink) {
    writes.sinkTo(sink).name("Redis profile").uid(ProfileUids.SINK);
  }
}
