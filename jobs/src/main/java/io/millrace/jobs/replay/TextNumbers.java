package io.millrace.jobs.replay;

import java.util.HashMap;
import java.util.Map;

/** Numbers texts from 0 in order of first mention, so that each is kept once. */
final class TextNumbers {
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The number of a text, or -1 if it has none yet. */
  int find(String text) {
    return numbers.getOrDefault(text, -1);
  }

  /** The number of a text, a new one where it has none yet. */
  int of(String text) {
    Integer number = numbers.putIfAbsent(text, numbers.size());
    return number == null ? numbers.size() - 1 : number;
  }

  /** Every text at the place of its number. */
  String[] texts() {
    String[] texts = new String[numbers.size()];
    numbers.forEach((text, number) -> texts[number] = text);
    return texts;
  }
}
