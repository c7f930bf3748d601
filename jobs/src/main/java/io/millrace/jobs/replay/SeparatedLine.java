package io.millrace.jobs.replay;

import java.util.ArrayList;
import java.util.List;

/** A line of values between commas, as RFC 4180 has it; a value does not go on in the next line. */
final class SeparatedLine {
  private final String line;
  private final List<String> values = new ArrayList<>();
  private int at;

  private SeparatedLine(String line) {
    this.line = line;
  }

  /** The values, or null if a quotation mark stands where none may, or has no second. */
  static List<String> values(String line) {
    SeparatedLine parts = new SeparatedLine(line);
    boolean more = true;
    while (more) {
      boolean good = parts.quoted() ? parts.takeQuoted() : parts.takePlain();
      if (!good) {
        return null;
      }
      more = parts.at < line.length();
      parts.at++;
    }
    return parts.values;
  }

  private boolean quoted() {
    return at < line.length() && line.charAt(at) == '"';
  }

  private boolean takePlain() {
    int end = line.indexOf(',', at);
    String value = line.substring(at, end < 0 ? line.length() : end);
    values.add(value);
    at += value.length();
    return value.indexOf('"') < 0;
  }

  private boolean takeQuoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c != '"') {
        value.append(c);
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        value.append('"');
        at++;
      } else {
        at++;
        values.add(value.toString());
        return at == line.length() || line.charAt(at) == ',';
      }
    }
    return false;
  }
}
