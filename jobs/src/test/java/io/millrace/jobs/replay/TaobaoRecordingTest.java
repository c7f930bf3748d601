package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.Click;
import io.millrace.features.event.ClickType;
import io.millrace.features.event.Order;
import io.millrace.features.event.Topics;
import io.millrace.jobs.Failure;
import io.millrace.jobs.local.ContractEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaobaoRecordingTest {
  private static final long SECOND = 1_511_658_000_000L;

  @TempDir Path dir;

  @Test
  void mapsEveryBehaviour() throws IOException {
    Recording recording =
        read(
            false,
            "1,10,7,pv,1511658000",
            "2,11,7,cart,1511658001",
            "3,12,8,fav,1511658002",
            "4,13,8,buy,1511658003");
    assertThat(events(recording, 0))
        .containsExactly(
            click(0, ClickType.VIEW_ITEM, SECOND, "1", "10"),
            click(1, ClickType.ADD_TO_CART, SECOND + 1_000, "2", "11"),
            click(2, ClickType.ADD_TO_WISHLIST, SECOND + 2_000, "3", "12"),
            ContractEvent.of(
                Order.placed(
                    "taobao-UserBehavior-0000000003",
                    "taobao-UserBehavior-0000000003",
                    SECOND + 3_000,
                    "4",
                    "CNY",
                    List.of(new Order.Line("13", 1, null, null)))));
    assertThat(recording.topics()).containsExactly(Topics.CLICKSTREAM, Topics.ORDERS);
    assertThat(recording.summary())
        .singleElement()
        .asString()
        .contains("1 views, 1 carts, 1 favourites, 1 purchases; 4 visitors, 4 items");
  }

  @Test
  void sendsAnItemsCategoryAheadOfItsFirstEventOnly() throws IOException {
    Recording recording =
        read(
            true,
            "1,10,7,pv,1511658005",
            "1,10,7,cart,1511658006",
            "2,10,7,buy,1511658000",
            "3,10,9,pv,1511658007");
    assertThat(recording.topics()).contains(Topics.CATALOG);
    List<ContractEvent> events = events(recording, 500);
    assertThat(events)
        .extracting(ContractEvent::topic)
        .containsExactly(
            Topics.CATALOG,
            Topics.ORDERS,
            Topics.CLICKSTREAM,
            Topics.CLICKSTREAM,
            Topics.CATALOG,
            Topics.CLICKSTREAM);
    CatalogItem first = ((ContractEvent.OfItem) events.get(0)).item();
    assertThat(first.itemId()).isEqualTo("10");
    assertThat(first.category()).isEqualTo("c7");
    assertThat(first.updatedAt()).isEqualTo(SECOND + 500);
    assertThat(((ContractEvent.OfItem) events.get(4)).item().category()).isEqualTo("c9");
  }

  @Test
  void keepsFileOrderForTies() throws IOException {
    Recording recording =
        read(
            false,
            "1,a,7,pv,1511658001",
            "1,b,7,pv,1511658000",
            "1,c,7,pv,1511658001",
            "1,d,7,pv,1511658000");
    assertThat(events(recording, 0))
        .extracting(event -> ((ContractEvent.OfClick) event).click().itemId())
        .containsExactly("b", "d", "a", "c");
  }

  @Test
  void namesLineAndTextOfWhatIsWrong() {
    String good = "1,10,7,pv,1511658000";
    assertRefused("line 2: 5 columns are wanted, there are 4; it is '1,2,pv,3'", good, "1,2,pv,3");
    assertRefused("line 2: 5 columns are wanted, there are 0", good, "", good);
    assertRefused("line 1: 5 columns are wanted, there are 6", good + ",");
    assertRefused("the behaviour must be pv, cart, fav or buy", "1,10,7,look,1511658000");
    assertRefused("the time must be epoch seconds", "1,10,7,pv,1511658000000");
    assertRefused("user must have 1 to 128 bytes", ",10,7,pv,1511658000");
    assertRefused("the category must have a name without /", "1,10,,pv,1511658000");
    assertRefused("holds no events");
  }

  private void assertRefused(String part, String... lines) {
    assertThatThrownBy(() -> read(true, lines))
        .isInstanceOf(Failure.class)
        .message()
        .contains(part);
  }

  private Recording read(boolean catalogue, String... lines) throws IOException {
    Path file = Files.write(dir.resolve("UserBehavior.csv"), List.of(lines));
    return Preset.TAOBAO.read(file, catalogue);
  }

  private static List<ContractEvent> events(Recording recording, long shiftMs) {
    return IntStream.range(0, recording.size()).mapToObj(i -> recording.event(i, shiftMs)).toList();
  }

  private static ContractEvent click(
      int row, ClickType type, long time, String visitor, String item) {
    String id = "taobao-UserBehavior-000000000" + row;
    return ContractEvent.of(
        new Click(id, type, time, visitor, item, List.of(), null, Click.Details.NONE));
  }
}
