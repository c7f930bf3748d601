package io.millrace.operators.kafka;

import static io.millrace.operators.kafka.ManualTime.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.InvalidEventException.Reason;
import io.millrace.operators.types.EventTypes;
import io.millrace.operators.types.FlatSerializer;
import io.millrace.operators.types.Snapshots;
import org.junit.jupiter.api.Test;

class SerializersTest {
  private final FlatSerializer<Arrival<Click>> arrivals =
      Arrival.typeInfo(EventTypes.CLICK).serializer();
  private final FlatSerializer<Timed<Click>> timed = Timed.typeInfo(EventTypes.CLICK).serializer();

  @Test
  void timedEventsRoundTripAndRestore() throws Exception {
    Timed<Click> click = new Timed<>(Click.view("e", START, "v", "i", "s"), START + 12);

    assertThat(Snapshots.roundTrip(timed, click)).isEqualTo(click);
    Snapshots.assertRestores(timed, click);
  }

  @Test
  void arrivalsRoundTripAndRestore() throws Exception {
    Arrival<Click> click = Arrivals.click(200, START, START + 9);
    Arrival<Click> letter = Arrivals.deadLetter(200, Reason.INVALID_UTF8, START);

    assertThat(Snapshots.roundTrip(arrivals, click)).isEqualTo(click);
    assertThat(Snapshots.roundTrip(arrivals, letter)).usingRecursiveComparison().isEqualTo(letter);
    Snapshots.assertRestores(arrivals, click);
    Snapshots.assertRestores(arrivals, letter);
  }

  @Test
  void factsRoundTripAndRestore() throws Exception {
    FlatSerializer<Fact<CatalogItem>> facts = Fact.typeInfo(EventTypes.CATALOG_ITEM).serializer();
    Fact<CatalogItem> item = new Fact<>("i", CatalogItem.of("i", "Shoe", "shoes"), START);
    Fact<CatalogItem> deleted = new Fact<>("i", null, START + 1);

    assertThat(Snapshots.roundTrip(facts, item)).isEqualTo(item);
    assertThat(Snapshots.roundTrip(facts, deleted)).isEqualTo(deleted);
    Snapshots.assertRestores(facts, item);
    Snapshots.assertRestores(facts, deleted);
    assertThat(facts).isNotEqualTo(Fact.typeInfo(EventTypes.CONTROL).serializer());
  }

  @Test
  void serializersOfOtherEventsDiffer() {
    assertThat(timed)
        .isNotEqualTo(Timed.typeInfo(EventTypes.DEAD_LETTER).serializer())
        .isEqualTo(Timed.typeInfo(EventTypes.CLICK).serializer());
    assertThat(Arrival.typeInfo(EventTypes.CLICK))
        .isNotEqualTo(Arrival.typeInfo(EventTypes.DEAD_LETTER));
  }
}
