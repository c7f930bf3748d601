package io.millrace.features.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.event.CatalogItem.Prices;
import io.millrace.features.event.CatalogItem.Status;
import io.millrace.features.event.CatalogItem.Supply;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentTokensTest {
  private static final int PRIME = 2_038_074_743;

  private static Set<String> title(String title) {
    return ContentTokens.of(CatalogItem.of("i", title, null));
  }

  private static CatalogItem item(
      String title, String category, String brand, Map<String, String> attributes, Long updatedAt) {
    return new CatalogItem(
        "i",
        title,
        category,
        brand,
        new TreeMap<>(attributes),
        Status.ACTIVE,
        false,
        Prices.NONE,
        Supply.NONE,
        updatedAt);
  }

  @Test
  void cutsEnglishTitlesIntoLowerCaseWords() {
    assertThat(title("The White T-Light Holder (x4), 12.5cm"))
        .containsExactlyInAnyOrder(
            "word:the",
            "word:white",
            "word:t",
            "word:light",
            "word:holder",
            "word:x4",
            "word:12",
            "word:5cm");
    assertThat(title("Crème BRÛLÉE")).containsExactlyInAnyOrder("word:crème", "word:brûlée");
  }

  @Test
  void cutsChineseTitlesIntoPairsOfCharacters() {
    assertThat(title("红色连衣裙"))
        .containsExactlyInAnyOrder("pair:红色", "pair:色连", "pair:连衣", "pair:衣裙");
    assertThat(title("iPhone15手机壳 红"))
        .containsExactlyInAnyOrder("word:iphone15", "pair:手机", "pair:机壳", "pair:红");
  }

  @Test
  void cutsJapaneseAndKoreanTitlesIntoPairsToo() {
    assertThat(title("コーヒー豆"))
        .containsExactlyInAnyOrder("pair:コー", "pair:ーヒ", "pair:ヒー", "pair:ー豆");
    assertThat(title("운동화 신발")).containsExactlyInAnyOrder("pair:운동", "pair:동화", "pair:신발");
  }

  @Test
  void characterBeyondTheBasicPlaneIsOne() {
    assertThat(title("𠮷野家")).containsExactlyInAnyOrder("pair:𠮷野", "pair:野家");
    assertThat(title("𝒳 😀")).containsExactly("word:x");
  }

  @Test
  void widthAndCaseMakeNoDifference() {
    assertThat(title("ＡＢＣ　ｶﾒﾗ １２")).isEqualTo(title("abc カメラ 12"));
  }

  @Test
  void wordsWithCombiningMarksStayWhole() {
    assertThat(title("हिन्दी किताब")).containsExactlyInAnyOrder("word:हिन्दी", "word:किताब");
  }

  @Test
  void eachTokenSaysWhatItIs() {
    CatalogItem item =
        item("Oak table", "Home/Tables/Oak", "Oak", Map.of("Wood", "Oak", "legs", "4"), null);

    assertThat(ContentTokens.of(item))
        .containsExactlyInAnyOrder(
            "category:home",
            "category:home/tables",
            "category:home/tables/oak",
            "brand:oak",
            "attribute:wood=oak",
            "attribute:legs=4",
            "word:oak",
            "word:table");
  }

  @Test
  void keepsTheFirstWordsOfALongTitleAndAllElse() {
    String english =
        IntStream.range(0, 600).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    String chinese =
        IntStream.range(0, 600)
            .mapToObj(i -> Character.toString('一' + i))
            .collect(Collectors.joining());
    for (String title : new String[] {english, chinese}) {
      Set<String> tokens = ContentTokens.of(item(title, "a/b", "c", Map.of("d", "e"), null));

      assertThat(tokens)
          .hasSize(ContentTokens.MAX_TOKENS)
          .contains("category:a", "category:a/b", "brand:c", "attribute:d=e");
    }
    assertThat(title(english)).contains("word:w199").doesNotContain("word:w200");
  }

  @Test
  void nothingSaidIsNoToken() {
    assertThat(ContentTokens.of(CatalogItem.of("i", null, null))).isEmpty();
    assertThat(title(" -- !? ")).isEmpty();
    assertThat(title("")).isEmpty();
  }

  @Test
  void numbersAreDistinctAscendingAndWithinTheBound() {
    Set<String> tokens =
        IntStream.range(0, 200).mapToObj(i -> "word:" + i).collect(Collectors.toSet());

    assertThat(ContentTokens.numbers(tokens, PRIME)).hasSize(200).isSorted();
    assertThat(ContentTokens.numbers(tokens, 50)).doesNotHaveDuplicates().isSorted();
    assertThat(ContentTokens.numbers(tokens, 50)).hasSizeLessThanOrEqualTo(50);
  }

  @Test
  void fingerprintChangesWithTheContentAndTheSettingAlone() {
    CatalogItem item = item("Oak table", "home", "Oak", Map.of("legs", "4"), 1L);
    long fingerprint = ContentTokens.fingerprint(item, 7);

    assertThat(
            ContentTokens.fingerprint(item("Oak table", "home", "Oak", Map.of("legs", "4"), 2L), 7))
        .isEqualTo(fingerprint);
    assertThat(
            Set.of(
                fingerprint,
                ContentTokens.fingerprint(item, 8),
                ContentTokens.fingerprint(item("Oak", "home", "Oak", Map.of("legs", "4"), 1L), 7),
                ContentTokens.fingerprint(
                    item("home", "Oak table", "Oak", Map.of("legs", "4"), 1L), 7),
                ContentTokens.fingerprint(
                    item("Oak table", "home", null, Map.of("legs", "4"), 1L), 7),
                ContentTokens.fingerprint(
                    item("Oak table", "home", "", Map.of("legs", "4"), 1L), 7),
                ContentTokens.fingerprint(
                    item("Oak table", "home", "Oak", Map.of("4", "legs"), 1L), 7),
                ContentTokens.fingerprint(item("Oak table", "home", "Oak", Map.of(), 1L), 7)))
        .hasSize(8);
  }
}
