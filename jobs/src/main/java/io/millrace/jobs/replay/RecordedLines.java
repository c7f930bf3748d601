package io.millrace.jobs.replay;

import io.millrace.jobs.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The lines of a recorded file, plain or gzip, one after the other, and what is checked of their
 * columns. Whatever is wrong is said with the number and the text of the line. Used once.
 */
public final class RecordedLines {
  private static final long MIN_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long MAX_SECONDS = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final int MAX_ID_BYTES = 128;
  private static final int SHOWN_CHARS = 120;

  private final Path file;
  private BufferedReader in;
  private long number;
  private String line;

  private RecordedLines(Path file) {
    this.file = file;
  }

  /** Works through the lines. */
  @FunctionalInterface
  public interface Reading {
    void read(RecordedLines lines) throws IOException;
  }

  /**
   * Opens a file, lets it be read, and closes it.
   *
   * @throws Failure if the file is missing, cut off, damaged or no text
   */
  public static void read(Path file, Reading reading) {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage("--file: there is no file " + file);
    }
    RecordedLines lines = new RecordedLines(file);
    try (BufferedReader in = open(file)) {
      lines.in = in;
      reading.read(lines);
    } catch (EOFException e) {
      throw Failure.failed(
          file
              + " is cut off after line "
              + lines.number
              + ": its gzip data end too early; get it again",
          e);
    } catch (ZipException e) {
      throw Failure.failed(
          file
              + " is damaged after line "
              + lines.number
              + " ("
              + e.getMessage()
              + "); get it again",
          e);
    } catch (CharacterCodingException e) {
      throw Failure.failed(file + " is not UTF-8 text after line " + lines.number, e);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e, e);
    }
  }

  /** By its first bytes, not its name: files are renamed more often than repacked. */
  private static BufferedReader open(Path file) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    InputStream plain = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    // A decoder of its own reports bad bytes; the usual reader would replace them.
    return new BufferedReader(
        new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
  }

  /** Goes to the next line, if there is one. */
  public boolean next() throws IOException {
    line = in.readLine();
    number += line == null ? 0 : 1;
    return line != null;
  }

  /** The line it stands on. */
  public String line() {
    return line;
  }

  /** The number of the line it stands on, from 1. */
  public long number() {
    return number;
  }

  /**
   * The values between the commas of the line, which holds no quotation marks.
   *
   * @throws Failure if there are not so many
   */
  public String[] values(int columns) {
    String[] values = line.split(",", -1);
    if (values.length != columns) {
      throw bad(columns + " columns are wanted, there are " + (line.isEmpty() ? 0 : values.length));
    }
    return values;
  }

  /**
   * The number that a transaction, or whatever else is numbered, goes by.
   *
   * @throws Failure if it is not a whole number of 0 or more
   */
  public long wholeNumber(String text, String column) {
    if (!isDigits(text, 18)) {
      throw bad(column + " must be a whole number of at most 18 digits");
    }
    return Long.parseLong(text);
  }

  /** The number of an id that may be new. */
  int id(TextNumbers known, String text, String column) {
    int found = known.find(text);
    if (found >= 0) {
      return found;
    }
    if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
      throw bad(column + " must have 1 to " + MAX_ID_BYTES + " bytes");
    }
    return known.of(text);
  }

  /** Epoch seconds with an optional fraction, in milliseconds. */
  long millis(String text, String column) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    if (isDigits(whole, 12) && (dot < 0 || isDigits(fraction, 18))) {
      long seconds = Long.parseLong(whole);
      if (seconds >= MIN_SECONDS && seconds < MAX_SECONDS) {
        return seconds * 1_000 + Long.parseLong((fraction + "000").substring(0, 3));
      }
    }
    throw bad(column + " must be epoch seconds between 2000 and 2100, with an optional fraction");
  }

  /** A date and time of day such as 2010-12-01 08:26:00, taken as UTC, in milliseconds. */
  long dateMillis(String text, String column) {
    try {
      LocalDateTime date = LocalDateTime.parse(text, DATE);
      if (date.getYear() >= 2000 && date.getYear() < 2100) {
        return date.toEpochSecond(ZoneOffset.UTC) * 1_000;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw bad(column + " must be a time such as 2010-12-01 08:26:00, from 2000 to 2100");
  }

  private static boolean isDigits(String text, int most) {
    return !text.isEmpty()
        && text.length() <= most
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** What to throw where the line is not as wanted. */
  public Failure bad(String wanted) {
    String shown = line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
    return Failure.failed(file + " line " + number + ": " + wanted + "; it is '" + shown + "'");
  }
}
