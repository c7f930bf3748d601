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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a file of clicks line by line; used once. */
final class ClickLogReader {
  private static final long FIRST_SESSION = Instant.parse("2016-01-01T00:00:00Z").toEpochMilli();
  private static final long BETWEEN_SESSIONS_MS = 60_000;
  private static final long BETWEEN_CLICKS_MS = 30_000;
  private static final long MIN_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long MAX_SECONDS = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
  private static final int MAX_ID_BYTES = 128;
  private static final int SHOWN_CHARS = 120;
  private static final String HEADER = "SessionId ItemId Time";

  private final Path file;
  private final ClickLog.Layout layout;
  private final Map<String, Integer> sessions = new HashMap<>();
  private final Map<String, Integer> items = new HashMap<>();
  private int[] session = new int[1024];
  private int[] item = new int[1024];
  private long[] time = new long[1024];
  private int size;
  private long lineNumber;
  private String line;
  private char separator = '\t';

  ClickLogReader(Path file, ClickLog.Layout layout) {
    this.file = file;
    this.layout = layout;
  }

  ClickLog read() {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage("--file: there is no file " + file);
    }
    try (BufferedReader in = open()) {
      if (layout == ClickLog.Layout.TIMED) {
        readTimed(in);
      } else {
        readSessionLines(in);
      }
    } catch (EOFException e) {
      throw Failure.failed(
          file
              + " is cut off after line "
              + lineNumber
              + ": its gzip data end too early; get it"
              + " again",
          e);
    } catch (ZipException e) {
      throw Failure.failed(
          file + " is damaged after line " + lineNumber + " (" + e.getMessage() + "); get it again",
          e);
    } catch (CharacterCodingException e) {
      throw Failure.failed(file + " is not UTF-8 text after line " + lineNumber, e);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e, e);
    }
    if (size == 0) {
      throw Failure.failed(file + " holds no clicks");
    }
    return new ClickLog(
        texts(sessions),
        texts(items),
        Arrays.copyOf(session, size),
        Arrays.copyOf(item, size),
        Arrays.copyOf(time, size));
  }

  /** By its first bytes, not its name: files are renamed more often than repacked. */
  private BufferedReader open() throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    InputStream plain = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    // A decoder of its own reports bad bytes; the usual reader would replace them.
    return new BufferedReader(
        new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
  }

  private boolean next(BufferedReader in) throws IOException {
    line = in.readLine();
    lineNumber += line == null ? 0 : 1;
    return line != null;
  }

  private void readTimed(BufferedReader in) throws IOException {
    if (!next(in)) {
      return;
    }
    separator = line.indexOf('\t') >= 0 ? '\t' : ',';
    if (!line.strip().replace(separator, ' ').equals(HEADER)) {
      throw bad("the header must be " + HEADER + ", separated by tabs or commas");
    }
    while (next(in)) {
      int first = line.indexOf(separator);
      int second = line.indexOf(separator, first + 1);
      if (first < 0 || second < 0 || line.indexOf(separator, second + 1) >= 0) {
        long columns = line.isEmpty() ? 0 : 1 + line.chars().filter(c -> c == separator).count();
        throw bad("3 columns are wanted, there are " + columns);
      }
      add(
          number(sessions, line.substring(0, first), "SessionId"),
          number(items, line.substring(first + 1, second), "ItemId"),
          millis(line.substring(second + 1)));
    }
  }

  private void readSessionLines(BufferedReader in) throws IOException {
    for (long start = FIRST_SESSION; next(in); start += BETWEEN_SESSIONS_MS) {
      int tab = line.indexOf('\t');
      if (tab < 0 || line.indexOf('\t', tab + 1) >= 0) {
        throw bad("a session, a tab, and its items separated by blanks are wanted");
      }
      int number = number(sessions, line.substring(0, tab), "session");
      StringTokenizer list = new StringTokenizer(line.substring(tab + 1), " ");
      if (!list.hasMoreTokens()) {
        throw bad("the session has no items");
      }
      for (long at = start; list.hasMoreTokens(); at += BETWEEN_CLICKS_MS) {
        add(number, number(items, list.nextToken(), "item"), at);
      }
    }
  }

  private int number(Map<String, Integer> known, String text, String column) {
    Integer number = known.get(text);
    if (number == null) {
      if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
        throw bad(column + " must have 1 to " + MAX_ID_BYTES + " bytes");
      }
      number = known.size();
      known.put(text, number);
    }
    return number;
  }

  /** Epoch seconds with an optional fraction, in milliseconds. */
  private long millis(String text) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    if (digits(whole, 12) && (dot < 0 || digits(fraction, 18))) {
      long seconds = Long.parseLong(whole);
      if (seconds >= MIN_SECONDS && seconds < MAX_SECONDS) {
        return seconds * 1_000 + Long.parseLong((fraction + "000").substring(0, 3));
      }
    }
    throw bad("Time must be epoch seconds between 2000 and 2100, with an optional fraction");
  }

  private static boolean digits(String text, int most) {
    return !text.isEmpty()
        && text.length() <= most
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void add(int sessionNumber, int itemNumber, long at) {
    if (size == time.length) {
      int larger = size * 2;
      session = Arrays.copyOf(session, larger);
      item = Arrays.copyOf(item, larger);
      time = Arrays.copyOf(time, larger);
    }
    session[size] = sessionNumber;
    item[size] = itemNumber;
    time[size] = at;
    size++;
  }

  private static String[] texts(Map<String, Integer> numbers) {
    String[] texts = new String[numbers.size()];
    numbers.forEach((text, number) -> texts[number] = text);
    return texts;
  }

  private Failure bad(String wanted) {
    String shown = line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
    return Failure.failed(file + " line " + lineNumber + ": " + wanted + "; it is '" + shown + "'");
  }
}
