package io.millrace.features.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ListLevelTest {
  @Test
  void everyReasonThatListsGiveHasItsLevel() {
    for (ReasonType reason : ReasonType.values()) {
      if (reason != ReasonType.OTHER) {
        assertThat(ListLevel.of(reason, true).reason()).isEqualTo(reason);
        assertThat(ListLevel.of(reason, false).reason()).isEqualTo(reason);
      }
    }
    assertThat(ListLevel.of(ReasonType.TRENDING, true)).isEqualTo(ListLevel.TRENDING_IN_CATEGORY);
    assertThat(ListLevel.of(ReasonType.TRENDING, false)).isEqualTo(ListLevel.TRENDING_IN_STORE);
    assertThatThrownBy(() -> ListLevel.of(ReasonType.OTHER, true))
        .hasMessageContaining("no such reason");
  }

  @Test
  void readsTheNameItWrites() {
    for (ListLevel level : ListLevel.values()) {
      assertThat(ListLevel.ofWireName(level.wireName())).isEqualTo(level);
      assertThat(level.wireName()).isEqualTo(level.name().toLowerCase(Locale.ROOT));
    }
    assertThat(ListLevel.ofWireName("horoscope")).isNull();
  }

  /** State holds them by number, tables by label. */
  @Test
  void keepsOrderAndLabels() {
    assertThat(ListLevel.values())
        .extracting(ListLevel::label)
        .containsExactly(
            "session",
            "profile",
            "sequence",
            "bought together",
            "similar content",
            "trending in the category",
            "trending in the store");
  }
}
