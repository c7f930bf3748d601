package io.millrace.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A savepoint in Flink's canonical form: all keys and values one after the other as they were
 * serialized, compressed nowhere, so that a text in them is found by looking through the files.
 */
final class CanonicalSavepoint {
  private static final Pattern JOB_ID = Pattern.compile("\"id\":\"([0-9a-f]{32})\"");
  private static final Pattern REQUEST_ID = Pattern.compile("\"request-id\":\"([0-9a-f]{32})\"");
  private static final Pattern LOCATION = Pattern.compile("\"location\":\"([^\"]+)\"");

  private final List<String> files;

  private CanonicalSavepoint(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      files = all.filter(Files::isRegularFile).map(CanonicalSavepoint::read).toList();
    }
  }

  /** One character a byte. */
  private static String read(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  /**
   * Takes one of the only job that runs.
   *
   * @param flink address of its REST interface
   */
  static CanonicalSavepoint take(URI flink, Path dir) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    URI savepoints =
        flink.resolve(
            "/jobs/" + find(JOB_ID, send(http, get(flink.resolve("/jobs")))) + "/savepoints");
    String wanted =
        "{\"target-directory\":\"%s\",\"cancel-job\":false,\"formatType\":\"CANONICAL\"}"
            .formatted(dir.toUri());
    String request =
        find(
            REQUEST_ID,
            send(
                http,
                HttpRequest.newBuilder(savepoints)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(wanted))
                    .build()));
    String[] answer = {""};
    Await.until(
        "the savepoint is there",
        EngineUnderTest.LIMIT,
        () -> {
          answer[0] = send(http, get(URI.create(savepoints + "/" + request)));
          return answer[0].contains("COMPLETED");
        });
    return new CanonicalSavepoint(Path.of(URI.create(find(LOCATION, answer[0]))));
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  private static String send(HttpClient http, HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private static String find(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  /** How often a text stands in it. */
  int count(String text) {
    return countBytes(text.getBytes(UTF_8));
  }

  /** How often a number stands in it whose first five bytes are those of a hash. */
  int countHash(long hash) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    return countBytes(Arrays.copyOf(bytes, 5));
  }

  private int countBytes(byte[] bytes) {
    String wanted = new String(bytes, ISO_8859_1);
    int count = 0;
    for (String file : files) {
      for (int at = file.indexOf(wanted); at >= 0; at = file.indexOf(wanted, at + 1)) {
        count++;
      }
    }
    return count;
  }
}
