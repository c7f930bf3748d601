package io.millrace.features.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.alert.Suspicion.Participant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantsTest {
  private static final int LAYOUT = 1;

  private static List<Participant> random(Random random, int visitors) {
    List<Participant> events = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      events.add(
          new Participant(
              "e" + i,
              "v" + random.nextInt(visitors),
              random.nextInt(3) == 0 ? null : "o" + random.nextInt(visitors),
              random.nextInt(500)));
    }
    return events;
  }

  private static List<String> naive(
      Set<Participant> all, Function<Participant, String> name, int most) {
    List<String> names =
        new ArrayList<>(
            all.stream()
                .sorted(
                    Comparator.comparingLong(Participant::time)
                        .thenComparing(Participant::eventId)
                        .reversed())
                .map(name)
                .filter(Objects::nonNull)
                .distinct()
                .limit(most)
                .toList());
    Collections.reverse(names);
    return names;
  }

  private static Participants restored(Participants participants) {
    StateWriter out = new StateWriter();
    participants.write(out);
    return Participants.read(new StateReader(out.toBytes(LAYOUT), "participants", LAYOUT));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 90, 110, 400})
  void areTheNewestOfAllInWhateverOrderTheyCame(int visitors) {
    Random random = new Random(visitors);
    List<Participant> events = random(random, visitors);
    Set<Participant> all = new HashSet<>();
    Participants participants = new Participants();
    for (int i = 0; i < 500; i++) {
      int from = random.nextInt(events.size() - 20);
      List<Participant> more = events.subList(from, from + random.nextInt(20));
      Set<String> before = new HashSet<>(participants.visitorIds());
      before.addAll(participants.orderIds());
      all.addAll(more);

      boolean joined = participants.add(more);
      List<String> visitorIds = naive(all, Participant::visitorId, 100);
      List<String> orderIds = naive(all, Participant::orderId, 100);
      assertThat(participants.eventIds()).isEqualTo(naive(all, Participant::eventId, 20));
      assertThat(participants.visitorIds()).isEqualTo(visitorIds);
      assertThat(participants.orderIds()).isEqualTo(orderIds);
      assertThat(joined)
          .isEqualTo(!before.containsAll(visitorIds) || !before.containsAll(orderIds));
      participants = restored(participants);
    }
  }

  @Test
  void noMoreAreKeptThanAreNamed() {
    Participants participants = new Participants();
    participants.add(random(new Random(1), 400));
    StateWriter out = new StateWriter();
    participants.write(out);
    assertThat(new StateReader(out.toBytes(LAYOUT), "participants", LAYOUT).participants())
        .hasSizeBetween(100, 220);
  }

  @Test
  void whoeverIsErasedGoesAndOthersStay() {
    Random random = new Random(2);
    List<Participant> events = random(random, 60);
    Participants participants = new Participants();
    participants.add(events);
    String last = participants.visitorIds().get(59);
    participants.forget(each -> each.visitorId().equals(last));
    assertThat(participants.visitorIds()).hasSize(59).doesNotContain(last);
    assertThat(participants.newest().visitorId()).isNotEqualTo(last);
    participants.forget(each -> true);
    assertThat(participants.newest()).isNull();
    assertThat(participants.visitorIds()).isEmpty();
    assertThat(participants.eventIds()).isEmpty();
  }

  @Test
  void ofOneMillisecondTheGreaterEventIdIsNewer() {
    Participants participants = new Participants();
    participants.add(
        List.of(
            new Participant("b", "v2", null, 5),
            new Participant("a", "v1", null, 5),
            new Participant("z", "v3", "o", 4)));
    assertThat(participants.eventIds()).containsExactly("z", "a", "b");
    assertThat(participants.visitorIds()).containsExactly("v3", "v1", "v2");
    assertThat(participants.orderIds()).containsExactly("o");
    assertThat(participants.newest().eventId()).isEqualTo("b");
  }

  @Test
  void theSameEventIdOfSeveralVisitorsNamesThemAll() {
    List<Participant> same =
        List.of(
            new Participant("e", "v0", null, 5),
            new Participant("e", "v1", null, 5),
            new Participant("e", "v1", "o1", 5),
            new Participant("e", "v2", "o2", 5),
            new Participant("e", "v2", "o3", 5));
    List<Participant> reversed = new ArrayList<>(same);
    Collections.reverse(reversed);
    for (List<Participant> each : List.of(same, reversed)) {
      Participants participants = new Participants();
      participants.add(each);
      assertThat(participants.eventIds()).containsExactly("e");
      assertThat(participants.visitorIds()).containsExactly("v0", "v1", "v2");
      assertThat(participants.orderIds()).containsExactly("o1", "o2", "o3");
    }
  }
}
