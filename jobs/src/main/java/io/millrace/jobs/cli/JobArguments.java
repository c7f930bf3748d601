package io.millrace.jobs.cli;

import io.millrace.jobs.options.Options;
import io.millrace.jobs.options.RedisOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the options of the jobs are given, to every command that runs one. */
final class JobArguments {
  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = "",
      description = "Set an option of the jobs; docs/options.md lists them.")
  private final Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read options from a file of 'key: value' lines.")
  private Path config;

  /** What is set on the command line, in the file and in the environment, in this order. */
  Options resolve() {
    String redis = set.get(RedisOptions.URL.key());
    if (redis != null) {
      RedisOptions.refusePassword("-D " + RedisOptions.URL.key(), redis);
    }
    return Options.resolve(set, config, System.getenv());
  }
}
