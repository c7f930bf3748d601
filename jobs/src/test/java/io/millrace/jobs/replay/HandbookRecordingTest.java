package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.FraudLabelCodec;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.OrderStatus;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandbookRecordingTest {
  private static final String HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO";
  private static final String GOOD = "7,2018-04-01 00:00:31,596,3156,57.16,0,0";

  @TempDir Path dir;

  @Test
  void makesAPlacedOrderOfAPayment() throws IOException, InvalidEventException {
    Recording recording = read(GOOD, "8,2018-04-01 00:02:10,596,3412,0.0,1,3");
    Order placed =
        new Order(
            "handbook-transactions-0000000000",
            "tx-7",
            OrderStatus.PLACED,
            Instant.parse("2018-04-01T00:00:31Z").toEpochMilli() + 500,
            "596",
            null,
            "USD",
            List.of(new Order.Line("3156", 1, 57.16, null)),
            new Order.Details(
                57.16,
                null,
                "3156",
                new Order.Payment(null, "596", null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    assertThat(recording.event(0, 500)).isEqualTo(ContractEvent.of(placed));
    assertThat(recording.topics()).containsExactly(Topics.ORDERS, Topics.FRAUD_LABELS);
    assertThat(recording.summary())
        .containsExactly("2 payments, 1 of them fraudulent; 1 customers, 2 terminals");
    OrderCodec codec = new OrderCodec(Clock.systemUTC());
    for (int i = 0; i < 2; i++) {
      assertThat(codec.decode(recording.event(i, 0).payload())).isEqualTo(order(recording, i));
    }
  }

  @Test
  void saysWhatAPaymentWasAWeekLater() throws IOException, InvalidEventException {
    Recording recording =
        read(GOOD, "8,2018-04-01 00:02:10,5,3,1.0,1,3", "9,2018-04-08 00:00:31,5,3,1.0,0,0");
    assertThat(IntStream.range(0, recording.size()).mapToObj(i -> recording.event(i, 0).topic()))
        .containsExactly(
            Topics.ORDERS,
            Topics.ORDERS,
            Topics.FRAUD_LABELS,
            Topics.ORDERS,
            Topics.FRAUD_LABELS,
            Topics.FRAUD_LABELS);
    long week = Duration.ofDays(7).toMillis();
    ContractEvent genuine = recording.event(2, 500);
    assertThat(genuine)
        .isEqualTo(
            ContractEvent.of(
                new FraudLabel(
                    "tx-7", false, recording.time(0) + week + 500, FraudLabel.Source.REVIEW)));
    ContractEvent.OfLabel fraud = (ContractEvent.OfLabel) recording.event(4, 0);
    assertThat(fraud.label())
        .isEqualTo(
            new FraudLabel("tx-8", true, recording.time(1) + week, FraudLabel.Source.CHARGEBACK));
    assertThat(fraud.eventTime()).isEqualTo(recording.time(4));
    assertThat(fraud.key()).isEqualTo("tx-8");
    assertThat(new FraudLabelCodec(Clock.systemUTC()).decode(fraud.payload()))
        .isEqualTo(fraud.label());
  }

  @Test
  void sortsByTimeAndKeepsFileOrderForTies() throws IOException {
    Recording recording =
        read(
            "4,2018-04-01 00:00:02,1,1,1,0,0",
            "3,2018-04-01 00:00:01,1,1,1,0,0",
            "2,2018-04-01 00:00:02,1,1,1,0,0",
            "1,2018-04-01 00:00:01,1,1,1,0,0");
    assertThat(IntStream.range(0, 4).mapToObj(i -> order(recording, i)))
        .extracting(Order::orderId, Order::eventId)
        .map(tuple -> tuple.toList().toString())
        .containsExactly(
            "[tx-3, handbook-transactions-0000000001]",
            "[tx-1, handbook-transactions-0000000003]",
            "[tx-4, handbook-transactions-0000000000]",
            "[tx-2, handbook-transactions-0000000002]");
  }

  @Test
  void takesAmountsWithWhatSumsOfFloatingPointLeave() throws IOException {
    Recording recording = read("7,2018-04-01 00:00:31,5,3,85.64999999999999,1,3");
    assertThat(order(recording, 0).details().total()).isEqualTo(85.64999999999999);
  }

  @Test
  void namesLineAndTextOfWhatIsWrong() {
    assertRefused("line 3: 7 columns are wanted, there are 3; it is '7,8,9'", GOOD, "7,8,9");
    assertRefused("line 2: TRANSACTION_ID must be a whole number", GOOD.replace("7,2", "x,2"));
    assertRefused("line 3: TRANSACTION_ID 7 was there before", GOOD, GOOD);
    assertRefused("TX_DATETIME must be a time such as", GOOD.replace("04-01 ", "04-31 "));
    assertRefused("CUSTOMER_ID must have 1 to 128 bytes", GOOD.replace("596", ""));
    assertRefused("TERMINAL_ID must have 1 to 128 bytes", GOOD.replace("3156", ""));
    for (String amount : List.of("-1", "1.005", "NaN", "1e3", "", "12345678901")) {
      assertRefused("TX_AMOUNT must be an amount in whole cents", GOOD.replace("57.16", amount));
    }
    assertRefused("TX_FRAUD must be 0 or 1", GOOD.replace(",0,0", ",2,0"));
    assertRefused("holds no payments");
    assertThatThrownBy(() -> Preset.HANDBOOK.read(Files.writeString(file(), GOOD), true))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("line 1: the header must be " + HEADER);
  }

  private void assertRefused(String part, String... lines) {
    assertThatThrownBy(() -> read(lines)).isInstanceOf(Failure.class).message().contains(part);
  }

  private Recording read(String... lines) throws IOException {
    List<String> all = Stream.concat(Stream.of(HEADER), Stream.of(lines)).toList();
    return Preset.HANDBOOK.read(Files.write(file(), all), true);
  }

  private Path file() {
    return dir.resolve("transactions.csv");
  }

  private static Order order(Recording recording, int i) {
    return ((ContractEvent.OfOrder) recording.event(i, 0)).order();
  }
}
