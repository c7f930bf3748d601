package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.FraudLabel;
import io.millrace.features.event.InvalidEventException;
import io.millrace.features.event.Order;
import io.millrace.features.event.OrderCodec;
import io.millrace.features.event.OrderStatus;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopOrdersTest {
  private static final String HEADER =
      "\uFEFFuser_id,signup_time,purchase_time,purchase_value,device_id,source,browser,sex,age,"
          + "ip_address,class";
  private static final String LATER =
      "22058,2/24/2015 22:55,4/18/2015 2:47,34,QVPSPJUOCKZAR,SEO,Chrome,M,39,732758368.8,0";
  private static final String EARLIER =
      "1359,1/1/2015 18:52,1/1/2015 18:52,15,YSSKYOSJHPPLJ,Ads,Opera,F,53,16777217,1";

  @TempDir Path dir;

  @BeforeEach
  void writeCountries() throws IOException {
    Files.write(
        dir.resolve("ip_to_country.csv"),
        List.of(
            "\uFEFFlower_bound_ip_address,upper_bound_ip_address,country",
            "16777216,16777471,Australia",
            "7.32E+08,732758400,Norway"));
  }

  private Recording read(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(HEADER));
    all.addAll(List.of(lines));
    return Preset.ECOMMERCE.read(Files.write(dir.resolve("fraud_data.csv"), all), true);
  }

  private static Order order(ContractEvent event) {
    return ((ContractEvent.OfOrder) event).order();
  }

  @Test
  void makesAPlacedOrderOfAPurchase() throws IOException, InvalidEventException {
    Recording recording = read(LATER, EARLIER);
    Order placed = order(recording.event(2, 500));
    assertThat(placed)
        .isEqualTo(
            new Order(
                "ecommerce-fraud_data-0000000000",
                "ecommerce-fraud_data-0000000000",
                OrderStatus.PLACED,
                Instant.parse("2015-04-18T02:47:00Z").toEpochMilli() + 500,
                "22058",
                null,
                "USD",
                List.of(new Order.Line("purchase", 1, 34.0, null)),
                new Order.Details(
                    34.0,
                    null,
                    null,
                    Order.Payment.NONE,
                    "QVPSPJUOCKZAR",
                    "43.173.1.96",
                    "Norway",
                    null,
                    null,
                    null,
                    Instant.parse("2015-02-24T22:55:00Z").toEpochMilli() + 500,
                    null,
                    "SEO/Chrome")));
    assertThat(new OrderCodec(Clock.systemUTC()).decode(recording.event(2, 500).payload()))
        .isEqualTo(placed);
    assertThat(recording.summary())
        .containsExactly("2 purchases, 1 of them fraudulent; 2 devices, 2 addresses");
  }

  @Test
  void sortsByTimeAndSaysWhatAPurchaseWasAWeekLater() throws IOException {
    Recording recording = read(LATER, EARLIER);
    assertThat(recording.size()).isEqualTo(4);
    assertThat(order(recording.event(0, 0)).visitorId()).isEqualTo("1359");
    assertThat(recording.event(1, 0))
        .isEqualTo(
            ContractEvent.of(
                new FraudLabel(
                    "ecommerce-fraud_data-0000000001",
                    true,
                    recording.time(0) + Duration.ofDays(7).toMillis(),
                    FraudLabel.Source.CHARGEBACK)));
  }

  @Test
  void anAddressIsInACountryOnlyIfTheTableSaysSo() throws IOException {
    String gap = LATER.replace("732758368.8", "16777472");
    assertThat(order(read(EARLIER, gap).event(0, 0)).details().ipCountry()).isEqualTo("Australia");
    assertThat(order(read(gap).event(0, 0)).details().ipCountry()).isNull();
    Files.delete(dir.resolve("ip_to_country.csv"));
    assertThat(order(read(EARLIER).event(0, 0)).details().ipCountry()).isNull();
  }

  @Test
  void namesLineAndTextOfWhatIsWrong() throws IOException {
    assertRefused("line 2: 11 columns are wanted, there are 2", "1,2");
    assertRefused("user_id must have 1 to 128 bytes", LATER.replace("22058", ""));
    assertRefused("signup_time must be a time such as", LATER.replace("2/24/", "2/30/"));
    assertRefused("purchase_value must be an amount", LATER.replace(",34,", ",-34,"));
    assertRefused("sex must be M or F", LATER.replace(",M,", ",x,"));
    assertRefused("age must be a whole number", LATER.replace(",39,", ",,"));
    assertRefused("ip_address must be an address", LATER.replace("732758368.8", "4294967296"));
    assertRefused("class must be 1 or 0; it is", LATER.replace(".8,0", ".8,2"));
    assertRefused("holds no purchases");
    Files.writeString(dir.resolve("ip_to_country.csv"), "a,b,c");
    assertRefused("ip_to_country.csv line 1: the header must be", LATER);
  }

  private void assertRefused(String part, String... lines) {
    assertThatThrownBy(() -> read(lines)).isInstanceOf(Failure.class).message().contains(part);
  }
}
