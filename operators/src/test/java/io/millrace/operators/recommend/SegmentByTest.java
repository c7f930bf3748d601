package io.millrace.operators.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentByTest {
  private static Click click(String channel, String region) {
    return new Click(
        "e",
        ClickType.SELECT_ITEM,
        1,
        "v",
        "i",
        List.of(),
        null,
        new Click.Details(
            null, null, null, null, null, null, null, null, channel, region, null, null, null));
  }

  @Test
  void isWhatTheClickSays() {
    Click click = click("app", "north");
    assertThat(SegmentBy.NOTHING.of(click)).isEqualTo("default");
    assertThat(SegmentBy.CHANNEL.of(click)).isEqualTo("app");
    assertThat(SegmentBy.REGION.of(click)).isEqualTo("north");
    assertThat(SegmentBy.TYPE.of(click)).isEqualTo("select_item");
  }

  @Test
  void isTheDefaultWhereTheClickSaysNothingOrTooMuch() {
    for (String channel : new String[] {null, "", "x".repeat(41)}) {
      assertThat(SegmentBy.CHANNEL.of(click(channel, null))).isEqualTo("default");
    }
    assertThat(SegmentBy.REGION.of(click("app", null))).isEqualTo("default");
  }
}
