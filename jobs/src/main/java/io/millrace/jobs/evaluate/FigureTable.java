package io.millrace.jobs.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints figures, as an aligned table for people or as JSON for programs. */
public final class FigureTable {
  private static final String[] HEAD = {
    "set", "protocol", "mode", "metric", "value", "must", "aim", "", "published"
  };

  /** Less than this is nothing in four digits. */
  private static final double LEAST_SHOWN = .00005;

  private FigureTable() {}

  /** An aligned table; a missed {@code must} is marked. */
  public static String toText(List<Figure> figures) {
    List<String[]> rows = new ArrayList<>();
    rows.add(HEAD);
    for (Figure figure : figures) {
      rows.add(
          new String[] {
            figure.set(),
            figure.protocol(),
            figure.mode(),
            figure.metric(),
            number(figure.value()),
            figure.must() == null ? "" : bound(figure, figure.must()),
            figure.aim() == null ? "" : bound(figure, figure.aim()),
            figure.must() == null ? figure.note() : figure.misses() ? "MISSED" : "reached",
            published(figure.published())
          });
    }
    int[] widths = new int[HEAD.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        boolean isNumber = i >= 4 && i <= 6;
        String format = "%" + (isNumber ? "" : "-") + Math.max(1, widths[i]) + "s  ";
        line.append(String.format(Locale.ROOT, format, row[i]));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String bound(Figure figure, double value) {
    return (figure.higherIsBetter() ? "≥ " : "≤ ") + number(value);
  }

  private static String published(Map<String, Double> published) {
    List<String> parts = new ArrayList<>();
    published.forEach((name, value) -> parts.add(name + " " + countOrNumber(value)));
    return String.join(", ", parts);
  }

  private static String countOrNumber(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : number(value);
  }

  /** Shares to four digits, what is less in powers of ten, larger figures to whole numbers. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (size > 0 && size < LEAST_SHOWN) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, size < 10 ? "%.4f" : size < 1_000 ? "%.1f" : "%,.0f", value);
  }

  /** One JSON array, an object a figure, as the contract describes. */
  public static String toJson(List<Figure> figures) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartArray();
      for (Figure figure : figures) {
        json.writeRaw("\n");
        write(json, figure);
      }
      json.writeRaw("\n");
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, Figure figure) throws IOException {
    json.writeStartObject();
    json.writeStringField("set", figure.set());
    json.writeStringField("protocol", figure.protocol());
    json.writeStringField("mode", figure.mode());
    json.writeStringField("metric", figure.metric());
    writeNumber(json, "value", figure.value());
    json.writeStringField("better", figure.higherIsBetter() ? "higher" : "lower");
    writeNumber(json, "must", figure.must());
    writeNumber(json, "aim", figure.aim());
    json.writeObjectFieldStart("published");
    for (Map.Entry<String, Double> entry : figure.published().entrySet()) {
      writeNumber(json, entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    if (!figure.note().isEmpty()) {
      json.writeStringField("note", figure.note());
    }
    json.writeEndObject();
  }

  private static void writeNumber(JsonGenerator json, String name, Double value)
      throws IOException {
    if (value == null || value.isNaN()) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
