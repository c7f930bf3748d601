package io.millrace.operators.recommend;

import static io.millrace.operators.recommend.Mergers.TIME;
import static io.millrace.operators.recommend.Mergers.answer;
import static io.millrace.operators.recommend.Mergers.items;
import static io.millrace.operators.recommend.Mergers.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.catalogue.ItemFact;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.Version;
import io.millrace.features.event.Control;
import io.millrace.features.trend.TrendBoard.Trending;
import io.millrace.operators.kafka.Fact;
import io.millrace.operators.state.KeyedHarness;
import io.millrace.operators.state.TwoInputHarness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Lists already written lose the items that may be shown no more. */
class ListSweepTest {
  /** Milliseconds of silence, with some to spare, after which all lists are looked through. */
  private static final long QUIET = 2_100;

  private static void hide(
      TwoInputHarness<AnswerMessage, MergerNews, VisitorList> merger, String item)
      throws Exception {
    merger.second(MergerNews.of(new ItemFact(item, true, false, false, false, null, 1, 0)));
  }

  /** Twenty visitors with a list each, of which two are on the heap. */
  private static void write(TwoInputHarness<AnswerMessage, MergerNews, VisitorList> merger)
      throws Exception {
    for (int visitor = 0; visitor < 20; visitor++) {
      merger.first(answer("v" + visitor, 1, 0, 1, "a", "x", visitor % 2 == 0 ? "gone" : "y"));
    }
    merger.take();
  }

  @Test
  void activeVisitorsAreServedWithinTheInterval() throws Exception {
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      merger.first(answer("active", 1, 0, 1, "a", "gone", "y"));
      merger.take();

      hide(merger, "gone");
      merger.clock(10_000 + WriteSettings.DEFAULT.sweepInterval().toMillis());

      List<VisitorList> lists = merger.take();
      assertThat(lists).extracting(VisitorList::visitor).contains("active").hasSizeLessThan(3);
      assertThat(lists).allSatisfy(list -> assertThat(items(list)).doesNotContain("gone"));
    }
  }

  @Test
  void allOthersFollowOnceItIsQuietEachOnceAndAtItsVersion() throws Exception {
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      merger.second(
          MergerNews.of(
              new TrendTop(
                  TrendUpdate.ALL,
                  TIME,
                  List.of(new Trending("gone", 2), new Trending("hot", 1)))));

      hide(merger, "gone");
      merger.clock(10_000 + QUIET);

      List<VisitorList> lists = merger.take();
      assertThat(lists)
          .extracting(VisitorList::visitor)
          .containsExactlyInAnyOrder(
              "v0", "v2", "v4", "v6", "v8", "v10", "v12", "v14", "v16", "v18");
      assertThat(lists)
          .allSatisfy(
              list -> {
                assertThat(items(list)).containsExactly("x", "hot");
                assertThat(list.version()).isEqualTo(Version.of(1, TIME + 1));
                assertThat(list.list().items().get(0).reason().type())
                    .isEqualTo(ReasonType.SESSION);
              });
      merger.clock(60_000);
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void tenThousandItemsThatGoTogetherTakeOneRound() throws Exception {
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      for (int i = 0; i < 10_000; i++) {
        hide(merger, "i" + i);
        if (i % 100 == 0) {
          merger.clock(10_000 + i / 10);
        }
      }
      hide(merger, "gone");
      merger.clock(11_100 + QUIET);

      List<String> visitors = new ArrayList<>();
      merger.take().forEach(list -> visitors.add(list.visitor()));
      assertThat(visitors).hasSize(10).doesNotHaveDuplicates();
      merger.clock(60_000);
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void itemsThatGoWithoutAPauseAreNotWaitedForForLong() throws Exception {
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      hide(merger, "gone");
      Set<String> swept = new HashSet<>();
      for (int second = 1; second <= 121; second++) {
        merger.clock(10_000 + second * 1_000);
        hide(merger, "i" + second);
        merger.take().forEach(list -> swept.add(list.visitor()));
      }
      assertThat(swept).hasSize(10);
    }
  }

  @Test
  void sweepGoesOnAfterARestoreAndRescaling() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      hide(merger, "gone");
      state = merger.snapshot();
      assertThat(merger.take()).isEmpty();
    }
    Set<String> swept = new HashSet<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var merger = open(state, 1, 2, subtask)) {
        merger.clock(20_000);
        for (VisitorList list : merger.take()) {
          assertThat(KeyedHarness.subtaskOf(list.visitor(), 2)).isEqualTo(subtask);
          swept.add(list.visitor());
        }
      }
    }
    assertThat(swept).hasSize(10);
  }

  @Test
  void itemThatWasHiddenAlreadyStartsNoSweep() throws Exception {
    try (var merger = open()) {
      hide(merger, "gone");
      merger.clock(10_000);
      write(merger);
      hide(merger, "gone");
      merger.clock(60_000);
      assertThat(merger.take()).isEmpty();
    }
  }

  private static void republish(TwoInputHarness<AnswerMessage, MergerNews, VisitorList> merger)
      throws Exception {
    Control again =
        new Control(
            "again",
            Control.Kind.REPUBLISH,
            new Control.Target(Control.Target.JOB, "recommend"),
            "ana",
            null,
            null);
    merger.second(MergerNews.of(new Fact<>("again", again, 0)));
  }

  @Test
  void everyListIsWrittenOnceMoreOnRequestAsItWas() throws Exception {
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);

      republish(merger);
      merger.clock(10_100);

      List<VisitorList> lists = merger.take();
      assertThat(lists).extracting(VisitorList::visitor).hasSize(20).doesNotHaveDuplicates();
      assertThat(lists)
          .allSatisfy(
              list -> {
                assertThat(items(list)).hasSize(2).startsWith("x");
                assertThat(list.version()).isEqualTo(Version.of(1, TIME + 1));
              });
      merger.clock(60_000);
      assertThat(merger.take()).isEmpty();
    }
  }

  @Test
  void writingAllAgainGoesOnAfterARestoreAndRescaling() throws Exception {
    OperatorSubtaskState state;
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      republish(merger);
      state = merger.snapshot();
      assertThat(merger.take()).isEmpty();
    }
    List<String> written = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var merger = open(state, 1, 2, subtask)) {
        merger.clock(20_000);
        merger.take().forEach(list -> written.add(list.visitor()));
      }
    }
    assertThat(written).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void whatAnotherJobIsAskedForIsLeftToIt() throws Exception {
    try (var merger = open()) {
      merger.clock(10_000);
      write(merger);
      Control other =
          new Control(
              "again",
              Control.Kind.REPUBLISH,
              new Control.Target(Control.Target.JOB, "fraud"),
              "ana",
              null,
              null);
      merger.second(MergerNews.of(new Fact<>("again", other, 0)));
      merger.clock(20_000);
      assertThat(merger.take()).isEmpty();
    }
  }
}
