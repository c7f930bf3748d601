package io.millrace.features.content;

import io.millrace.features.event.CatalogItem;
import io.millrace.features.session.Hashes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The content of an item as a set of tokens, each led by what it is, so that {@code brand:oak} is
 * not the word {@code word:oak}: every level of the category ({@code category:a}, {@code
 * category:a/b}), the brand, the attributes ({@code attribute:colour=red}), and the words and
 * character pairs of the title. Texts are compared without regard to case and width.
 */
public final class ContentTokens {
  /** Tokens of one item; further words of its title are left out. */
  public static final int MAX_TOKENS = 200;

  /** Of the tokens; with another one, every item is signed anew when its next update comes. */
  private static final long LAYOUT = 1;

  private ContentTokens() {}

  /** The tokens of an item, at most {@link #MAX_TOKENS}; none where nothing is said of it. */
  public static SortedSet<String> of(CatalogItem item) {
    Set<String> tokens = new LinkedHashSet<>();
    addCategory(item.category(), tokens);
    if (item.brand() != null) {
      tokens.add("brand:" + TitleWords.folded(item.brand()));
    }
    for (Map.Entry<String, String> attribute : item.attributes().entrySet()) {
      tokens.add(TitleWords.folded("attribute:" + attribute.getKey() + "=" + attribute.getValue()));
    }
    if (item.title() != null) {
      TitleWords.addTo(tokens, item.title(), MAX_TOKENS);
    }
    return new TreeSet<>(tokens);
  }

  /**
   * The tokens as numbers, for hashing.
   *
   * @param bound above every number, at least the number of tokens
   * @return distinct numbers from 0, ascending
   */
  public static int[] numbers(Set<String> tokens, int bound) {
    return tokens.stream()
        .mapToInt(token -> (int) Long.remainderUnsigned(Hashes.of(token), bound))
        .sorted()
        .distinct()
        .toArray();
  }

  /**
   * A fingerprint of all that the tokens are made of: as long as it stays, so do they. It is far
   * cheaper than the tokens.
   *
   * @param setting of what is made from the tokens; another one is another fingerprint
   */
  public static long fingerprint(CatalogItem item, long setting) {
    long hash = Hashes.mix(LAYOUT + setting);
    for (String text : Arrays.asList(item.title(), item.category(), item.brand())) {
      hash = with(hash, text);
    }
    for (Map.Entry<String, String> attribute : item.attributes().entrySet()) {
      hash = with(with(hash, attribute.getKey()), attribute.getValue());
    }
    return hash;
  }

  private static long with(long hash, String text) {
    return Hashes.mix(hash * 31 + (text == null ? 0 : Hashes.of(text)));
  }

  private static void addCategory(String category, Set<String> tokens) {
    if (category == null) {
      return;
    }
    String path = TitleWords.folded(category);
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      tokens.add("category:" + path.substring(0, end));
    }
    tokens.add("category:" + path);
  }
}
