package io.millrace.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.decision.DecisionJson;
import io.millrace.features.decision.Evidence;
import io.millrace.features.decision.ReasonType;
import io.millrace.features.decision.RecommendationList;
import io.millrace.features.decision.RecommendationList.Item;
import io.millrace.features.decision.RecommendationList.Reason;
import io.millrace.features.decision.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedItemsTest {
  @Test
  void findsTheItemsOfAListAndNotThoseOfReasons() {
    List<Item> items =
        List.of(
            new Item("a", 3, new Reason(ReasonType.SESSION, "seen", Evidence.sessions(1, 2))),
            new Item("bb", 2, new Reason(ReasonType.SIMILAR_CONTENT, "seen", null)),
            new Item("ccc", 1, new Reason(ReasonType.TRENDING, null, null)));
    assertThat(found(list(items))).containsExactly("a", "bb", "ccc");
  }

  @Test
  void findsNothingInAnEmptyOrDeletedOrMissingList() {
    assertThat(found(list(List.of()))).isEmpty();
    assertThat(found("{\"version\":\"1\",\"deleted\":true}".getBytes(UTF_8))).isEmpty();
    assertThat(found(null)).isEmpty();
  }

  private static byte[] list(List<Item> items) {
    return DecisionJson.write(
        new RecommendationList(Version.of(1, 7), "visitor", 7, "neighbours", null, items));
  }

  private static List<String> found(byte[] list) {
    List<String> found = new ArrayList<>();
    ListedItems.forEach(list, found::add);
    return found;
  }
}
