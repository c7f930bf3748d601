package io.millrace.features.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HandbookProtocolTest {
  private static final LocalDate FIRST = LocalDate.parse("2018-08-08");
  private static final long DAY = FIRST.toEpochDay();
  private static final long CARD = 7;

  private final HandbookProtocol protocol = new HandbookProtocol(FIRST, 7, 7);

  private long[] testedDays() {
    return LongStream.range(DAY - 20, DAY + 20)
        .filter(day -> protocol.isTested(day, CARD))
        .map(day -> day - DAY)
        .toArray();
  }

  @Test
  void allOfAGenuineCardsTestDaysCount() {
    protocol.know(DAY - 10, CARD, false);
    protocol.know(DAY - 10, CARD + 1, true);
    assertThat(testedDays()).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void aCardIsKnownOnceAllLabelsOfTheDayOfItsFirstFraudAre() {
    protocol.know(DAY - 2, CARD, true);
    protocol.know(DAY - 5, CARD, true);
    assertThat(testedDays()).containsExactly(0, 1, 2);
  }

  @Test
  void aFraudOfTheTrainingWeekIsKnownFromTheFirstTestDayOn() {
    protocol.know(DAY - 14, CARD, true);
    assertThat(testedDays()).isEmpty();
  }

  @Test
  void aFraudBeforeTheTrainingWeekIsForgotten() {
    protocol.know(DAY - 15, CARD, true);
    assertThat(testedDays()).hasSize(7);
  }

  @Test
  void aLongerDelayMovesTheTrainingWeekBack() {
    HandbookProtocol later = new HandbookProtocol(FIRST, 7, 10);
    later.know(DAY - 17, CARD, true);
    later.know(DAY - 10, CARD + 1, true);
    assertThat(later.isTested(DAY, CARD)).isFalse();
    assertThat(later.isTested(DAY, CARD + 1)).isTrue();
    assertThat(later.isTested(DAY + 1, CARD + 1)).isFalse();
  }
}
