package io.millrace.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.Failure;
import io.millrace.jobs.replay.ClickLog.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickLogTest {
  private static final String HEADER = "SessionId\tItemId\tTime\n";

  @TempDir Path dir;

  @Test
  void putsClicksInTimeOrderAndKeepsFileOrderForTies() throws IOException {
    ClickLog log =
        timed(
            HEADER
                + "s2\tb\t1500000002\ns1\ta\t1500000001.5\ns2\tc\t1500000002.0\ns1\td\t1500000001");
    assertThat(items(log)).containsExactly("d", "a", "b", "c");
    assertThat(IntStream.range(0, 4).map(log::row)).containsExactly(3, 1, 0, 2);
    assertThat(log.session(0)).isEqualTo("s1");
    assertThat(log.time(0)).isEqualTo(1_500_000_001_000L);
    assertThat(log.time(1)).isEqualTo(1_500_000_001_500L);
    assertThat(log.sessionCount()).isEqualTo(2);
    assertThat(log.itemCount()).isEqualTo(4);
  }

  @Test
  void readsFractionsToTheMillisecond() throws IOException {
    ClickLog log = timed(HEADER + "s\ti\t1396437466.94\ns\ti\t1396437466.9412345");
    assertThat(log.time(0)).isEqualTo(1_396_437_466_940L);
    assertThat(log.time(1)).isEqualTo(1_396_437_466_941L);
  }

  @Test
  void readsCommasAndGzipWhateverTheName() throws IOException {
    Path file = dir.resolve("clicks.txt");
    Files.write(file, gzip("SessionId,ItemId,Time\ns,i,1500000000\n"));
    assertThat(items(ClickLog.read(file, Layout.TIMED))).containsExactly("i");
  }

  @Test
  void makesUpAnIncreasingClockForSessionLines() throws IOException {
    ClickLog log = ClickLog.read(file("0\ta b c d\n1\te f\n"), Layout.SESSION_LINES);
    long start = Instant.parse("2016-01-01T00:00:00Z").toEpochMilli();
    // The second session begins a minute after the first, as its third click happens.
    assertThat(items(log)).containsExactly("a", "b", "c", "e", "d", "f");
    assertThat(log.time(1)).isEqualTo(start + 30_000);
    assertThat(log.time(3)).isEqualTo(start + 60_000);
    assertThat(log.session(5)).isEqualTo("1");
  }

  @Test
  void sortsManyClicksLikeTheNaiveStableSort() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] seconds = random.ints(5_000, 0, 300).toArray();
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < seconds.length; i++) {
      text.append("s\t").append(i).append('\t').append(1_500_000_000L + seconds[i]).append('\n');
    }
    Integer[] naive = IntStream.range(0, seconds.length).boxed().toArray(Integer[]::new);
    Arrays.sort(naive, (a, b) -> Integer.compare(seconds[a], seconds[b]));
    ClickLog log = timed(text.toString());
    for (int i = 0; i < naive.length; i++) {
      assertThat(log.item(i)).as("seed %d, place %d", seed, i).isEqualTo(naive[i].toString());
    }
  }

  @Test
  void namesLineAndTextOfWrongColumns() {
    assertRefused(
        HEADER + "s\ti\t1500000000\ns\tjust two", "line 3", "3 columns", "are 2", "just two");
    assertRefused(HEADER + "s\ti\t1\t1500000000", "line 2", "there are 4");
    assertRefused(HEADER + "\n", "line 2", "there are 0");
    assertRefused("Session\tItem\tTime\n", "line 1", "the header must be");
    assertRefused(HEADER + "s\ti\tnoon", "line 2", "Time must be epoch seconds", "noon");
    assertRefused(HEADER + "s\ti\t1500000000000", "Time must be epoch seconds");
    assertRefused(HEADER + "s\t\t1500000000", "ItemId must have 1 to 128 bytes");
    assertRefused(HEADER + "s\t" + "x".repeat(129) + "\t1500000000", "ItemId", "…");
    assertRefused(HEADER, "holds no clicks");
    assertRefused("", "holds no clicks");
  }

  @Test
  void namesLineOfWrongSessionLines() {
    assertThatThrownBy(() -> ClickLog.read(file("0\ta b\n1 c d\n"), Layout.SESSION_LINES))
        .hasMessageContaining("line 2")
        .hasMessageContaining("1 c d");
    assertThatThrownBy(() -> ClickLog.read(file("0\t \n"), Layout.SESSION_LINES))
        .hasMessageContaining("the session has no items");
  }

  @Test
  void saysThatGzipIsCutOff() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    new Random(1)
        .longs(20_000, 1_500_000_000L, 1_600_000_000L)
        .forEach(time -> text.append("s\ti\t").append(time).append('\n'));
    byte[] whole = gzip(text.toString());
    Path file = Files.write(dir.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
    assertFailed(file, "cut off after line", "get it again");
    Files.write(file, Arrays.copyOf(whole, 5));
    assertFailed(file, "cut off after line 0");
    whole[whole.length / 2] ^= 0x55;
    whole[whole.length / 2 + 1] ^= 0x55;
    Files.write(file, whole);
    assertThatThrownBy(() -> ClickLog.read(file, Layout.TIMED)).isInstanceOf(Failure.class);
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    byte[] bytes = (HEADER + "s\tü\t1500000000").getBytes(StandardCharsets.ISO_8859_1);
    assertFailed(Files.write(dir.resolve("latin.tsv"), bytes), "not UTF-8");
  }

  @Test
  void takesMissingFileForWrongUsage() {
    assertThatThrownBy(() -> ClickLog.read(dir.resolve("absent"), Layout.TIMED))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.WRONG_USAGE))
        .hasMessageContaining("there is no file");
  }

  private void assertRefused(String text, String... parts) {
    assertThatThrownBy(() -> timed(text))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.FAILED))
        .message()
        .contains(parts);
  }

  private static void assertFailed(Path file, String... parts) {
    assertThatThrownBy(() -> ClickLog.read(file, Layout.TIMED)).message().contains(parts);
  }

  private ClickLog timed(String text) throws IOException {
    return ClickLog.read(file(text), Layout.TIMED);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("clicks.tsv"), text);
  }

  private static String[] items(ClickLog log) {
    return IntStream.range(0, log.size()).mapToObj(log::item).toArray(String[]::new);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
