package io.millrace.features.content;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a text into words. Letters, digits and the marks on them form words; where words are written
 * without spaces (Chinese, Japanese) and in Korean, whose words carry their endings, every pair of
 * neighbouring characters stands for one ({@code pair:}), and a character alone for itself.
 */
final class TitleWords {
  private static final int KATAKANA_LONG_VOWEL = 'ー';

  private final String text;
  private final Set<String> tokens;
  private final int most;

  private TitleWords(String text, Set<String> tokens, int most) {
    this.text = text;
    this.tokens = tokens;
    this.most = most;
  }

  /** A text as it is compared: without regard to width and case. */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /**
   * Adds the words of a text, in its order.
   *
   * @param most tokens the set may have
   */
  static void addTo(Set<String> tokens, String text, int most) {
    new TitleWords(folded(text), tokens, most).addAll();
  }

  private void addAll() {
    int position = 0;
    while (position < text.length() && tokens.size() < most) {
      int character = text.codePointAt(position);
      if (!isPartOfWord(character)) {
        position += Character.charCount(character);
      } else if (isIdeographic(character)) {
        position = addPairs(position);
      } else {
        position = addWord(position);
      }
    }
  }

  private int addWord(int start) {
    int end = endOfRun(start, false);
    tokens.add("word:" + text.substring(start, end));
    return end;
  }

  private int addPairs(int start) {
    int end = endOfRun(start, true);
    if (text.codePointCount(start, end) == 1) {
      tokens.add("pair:" + text.substring(start, end));
      return end;
    }
    int first = start;
    int second = text.offsetByCodePoints(first, 1);
    while (second < end && tokens.size() < most) {
      int after = text.offsetByCodePoints(second, 1);
      tokens.add("pair:" + text.substring(first, after));
      first = second;
      second = after;
    }
    return end;
  }

  private int endOfRun(int start, boolean ideographic) {
    int position = start;
    while (position < text.length()) {
      int character = text.codePointAt(position);
      boolean goesOn =
          ideographic
              ? isIdeographic(character) || character == KATAKANA_LONG_VOWEL
              : isPartOfWord(character) && !isIdeographic(character);
      if (!goesOn) {
        return position;
      }
      position += Character.charCount(character);
    }
    return position;
  }

  private static boolean isPartOfWord(int character) {
    if (Character.isLetterOrDigit(character)) {
      return true;
    }
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isIdeographic(int character) {
    if (character < 0x1100) {
      return false;
    }
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> Character.isLetter(character);
      default -> false;
    };
  }
}
