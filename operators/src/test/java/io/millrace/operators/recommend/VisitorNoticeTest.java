package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.RedisKeys;
import io.millrace.features.event.FraudAlert;
import io.millrace.features.event.FraudAlert.Cause;
import io.millrace.features.event.FraudAlert.State;
import io.millrace.features.event.FraudRule.Action;
import io.millrace.features.event.FraudRule.Severity;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

class VisitorNoticeTest {
  private static final long DETECTED = 1_764_000_000_000L;

  private static List<VisitorNotice> notices(
      State state, Action action, boolean shadow, String suppressedBy) {
    FraudAlert alert =
        new FraudAlert(
            "a1",
            state,
            1,
            new Cause(Cause.Type.RULE, "r1", 1),
            "card:c1",
            List.of("v1", "v2"),
            List.of("o1"),
            Severity.HIGH,
            action,
            null,
            null,
            null,
            List.of(),
            "e1",
            List.of("e1"),
            1,
            2,
            2,
            DETECTED,
            shadow,
            suppressedBy);
    List<VisitorNotice> notices = new ArrayList<>();
    VisitorNotice.of(
        alert,
        new Collector<>() {
          @Override
          public void collect(VisitorNotice notice) {
            notices.add(notice);
          }

          @Override
          public void close() {}
        });
    return notices;
  }

  @Test
  void leavesOutWhomAnAlertAsksToBlock() {
    for (State state : List.of(State.OPEN, State.UPDATE)) {
      assertThat(notices(state, Action.BLOCK, false, null))
          .allMatch(notice -> notice.until() == DETECTED + RedisKeys.REC_TTL.toMillis())
          .noneMatch(VisitorNotice::isErasure)
          .extracting(VisitorNotice::visitor)
          .containsExactly("v1", "v2");
    }
  }

  @Test
  void leavesOutNobodyElse() {
    assertThat(notices(State.CLOSE, Action.BLOCK, false, null)).isEmpty();
    assertThat(notices(State.OPEN, Action.REVIEW, false, null)).isEmpty();
    assertThat(notices(State.OPEN, Action.MONITOR, false, null)).isEmpty();
    assertThat(notices(State.OPEN, Action.BLOCK, true, null)).isEmpty();
    assertThat(notices(State.OPEN, Action.BLOCK, false, "snooze")).isEmpty();
  }

  @Test
  void isTakenBackByTheNameItWasGiven() {
    VisitorNotice flagged = notices(State.OPEN, Action.BLOCK, false, null).get(1);
    VisitorNotice lifted = VisitorNotice.unflagged("v2");
    assertThat(lifted.controlId()).isEqualTo(flagged.controlId());
    assertThat(lifted.visitor()).isNull();
  }
}
