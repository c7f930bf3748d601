package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.fraud.FraudJob;
import io.millrace.jobs.local.LocalFlink;
import io.millrace.jobs.local.LocalJob;
import io.millrace.jobs.local.LocalKafka;
import io.millrace.jobs.local.LocalRedis;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import io.millrace.jobs.profile.ProfileJob;
import io.millrace.jobs.recommend.RecommendJob;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/metrics.md} names the metrics that the running jobs have, all of them and no other.
 */
class MetricsPageIT {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** Ours are in snake case, Flink's and Kafka's are not. */
  private static final Pattern OURS =
      Pattern.compile("[a-z]+(_[a-z0-9]+)+|events|late|duplicates|asks");

  private static final Pattern DISTRIBUTION =
      Pattern.compile("_(p\\d+|min|max|mean|median|stddev|count)$");

  private static final Pattern DOCUMENTED = Pattern.compile("`([a-z_.A-Z0-9<>]+)`(?=[^|]*\\|)");

  @TempDir private Path dir;

  @Test
  void namesEveryMetricOfTheJobsAndNoOther() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(0, dir.resolve("kafka"), dir.resolve("logs"));
        LocalRedis redis = LocalRedis.start(0, dir.resolve("redis"), false)) {
      Options options =
          Options.defaults()
              .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
              .with(RedisOptions.URL, "redis://127.0.0.1:" + redis.port());
      try (LocalFlink flink =
          LocalFlink.start(0, dir.resolve("flink"), dir.resolve("flink.log"), 3, options)) {
        flink.run(new LocalJob("recommend", RecommendJob::define));
        flink.run(new LocalJob("profile", ProfileJob::define));
        flink.run(new LocalJob("fraud", FraudJob::define));
        Set<String> documented = documented();
        Await.until(
            "every documented metric is there",
            Duration.ofSeconds(60),
            () -> metrics(flink.dashboard()).containsAll(documented));
        assertThat(metrics(flink.dashboard())).isEqualTo(documented);
      }
    }
  }

  private static Set<String> documented() throws IOException {
    Path page = Path.of(System.getProperty("millrace.home")).resolve("docs/metrics.md");
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(page)) {
      Matcher name = DOCUMENTED.matcher(line);
      while (name.find()) {
        String[] parts = name.group(1).split("\\.");
        if (OURS.matcher(parts[parts.length - 1]).matches()) {
          names.add(parts[parts.length - 1]);
        }
      }
    }
    return names;
  }

  private static Set<String> metrics(URI dashboard) {
    Set<String> names = new TreeSet<>();
    for (String job : ids(dashboard, "/jobs")) {
      for (String vertex : ids(dashboard, "/jobs/" + job)) {
        if (!vertex.equals(job)) {
          addMetrics(dashboard, "/jobs/" + job + "/vertices/" + vertex + "/metrics", names);
        }
      }
    }
    return names;
  }

  private static void addMetrics(URI dashboard, String path, Set<String> names) {
    for (String metric : ids(dashboard, path)) {
      String name = metric.substring(metric.lastIndexOf('.') + 1);
      name = DISTRIBUTION.matcher(name).replaceFirst("");
      if (OURS.matcher(name).matches()) {
        names.add(name);
      }
    }
  }

  private static Set<String> ids(URI dashboard, String path) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(dashboard.resolve(path)).build(),
                  HttpResponse.BodyHandlers.ofString());
      Set<String> ids = new TreeSet<>();
      Matcher id = ID.matcher(answer.body());
      while (id.find()) {
        ids.add(id.group(1));
      }
      return ids;
    } catch (IOException e) {
      throw new IllegalStateException("the dashboard does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
