package io.millrace.jobs.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code docs/options.md} from the registry, so that the page cannot rot. */
public final class OptionsPage {
  private OptionsPage() {}

  /**
   * Writes the page.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), markdown());
  }

  /** The whole page. */
  static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Options\n\n")
        .append("Set with `-D key=value`, in a `--config FILE` of `key: value` lines, or in the")
        .append(" environment, in this\norder of precedence. The environment variable is the key")
        .append(" in capitals after `MILLRACE_`, with `_` for `.`\nand `-`: `redis.key-prefix` is")
        .append(" `MILLRACE_REDIS_KEY_PREFIX`. An unknown key and a value out of range are\n")
        .append("refused at the start. Times are a number and `ms`, `s`, `min`, `h` or `d`.\n\n")
        .append("This page is generated from the code; its test says how.\n");
    for (OptionRegistry.Section section : OptionRegistry.SECTIONS) {
      page.append("\n## ").append(section.title()).append("\n\n");
      page.append("| key | default | takes | does |\n|---|---|---|---|\n");
      section.options().forEach(option -> page.append(row(option)));
    }
    return page.toString();
  }

  private static <T> String row(Option<T> option) {
    String shown = option.secret() ? "" : option.print(option.defaultValue());
    String value = shown.isEmpty() ? "(none)" : "`" + shown + "`";
    return String.format(
        "| `%s` | %s | %s | %s |\n", option.key(), value, option.values(), option.description());
  }
}
