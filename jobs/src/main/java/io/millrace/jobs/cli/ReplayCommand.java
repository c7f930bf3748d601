package io.millrace.jobs.cli;

import io.millrace.jobs.Failure;
import io.millrace.jobs.local.EventProducer;
import io.millrace.jobs.options.KafkaOptions;
import io.millrace.jobs.replay.Preset;
import io.millrace.jobs.replay.Recording;
import io.millrace.jobs.replay.Replay;
import io.millrace.jobs.replay.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: recorded files as events. */
@Command(
    name = "replay",
    description =
        "Send a recorded file (csv or tsv, plain or gzip) as events, in event-time order.",
    footer = {"", "docs/replay.md says how each preset's columns become events."})
final class ReplayCommand implements Callable<Integer> {
  private static final int BAR_WIDTH = 100;

  @Option(
      names = "--preset",
      required = true,
      paramLabel = "NAME",
      description =
          "The data set: serenade, rsc15, diginetica, taobao, online-retail, handbook or"
              + " ecommerce.")
  private String preset;

  @Option(names = "--file", required = true, paramLabel = "FILE", description = "What to send.")
  private Path file;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Where to; 127.0.0.1:9092 if nothing else is set.")
  private String kafka;

  @Option(
      names = "--speed",
      paramLabel = "1..max",
      defaultValue = "max",
      description = "How fast recorded time passes: a factor from 1, or max (the default).")
  private String speed;

  @Option(
      names = "--shift-to-now",
      description = "Move all times so that the last event falls on the moment it is sent.")
  private boolean shiftToNow;

  @Option(
      names = "--no-catalog",
      description = "Leave out the entries of the catalogue that taobao and online-retail have.")
  private boolean withoutCatalogue;

  @Mixin private JobArguments jobs;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Preset chosen = Preset.named(preset);
    Speed pace = Speed.parse(speed);
    String servers = kafka != null ? kafka : jobs.resolve().get(KafkaOptions.BOOTSTRAP_SERVERS);
    Recording recording = chosen.read(file, !withoutCatalogue);
    Replay replay = Replay.of(recording, pace, shiftToNow, Clock.systemUTC());
    Path logs = Files.createTempDirectory("millrace-replay-");
    LogFiles.into(logs);
    describe(recording, replay);
    String[] topics = recording.topics().toArray(String[]::new);
    try (EventProducer producer = EventProducer.connect(servers, topics)) {
      send(replay, producer);
    }
    Files.deleteIfExists(LogFiles.place());
    Files.deleteIfExists(logs);
    return 0;
  }

  private void describe(Recording recording, Replay replay) {
    recording.summary().forEach(line -> System.err.println(file.getFileName() + ": " + line));
    System.err.printf(
        Locale.ROOT,
        "%,d events from %s to %s%n",
        replay.size(),
        Instant.ofEpochMilli(replay.event(0).eventTime()),
        Instant.ofEpochMilli(replay.event(replay.size() - 1).eventTime()));
    System.err.println("logs, if anything goes wrong: " + LogFiles.place());
  }

  private void send(Replay replay, EventProducer producer) throws InterruptedException {
    long tookMs;
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("sending")
            .setInitialMax(replay.size())
            .setUpdateIntervalMillis(500)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
            .build()) {
      tookMs = replay.send(producer, bar::stepTo);
    }
    long sent = producer.acknowledged();
    if (sent != replay.size()) {
      throw Failure.failed("Kafka has " + sent + " of " + replay.size() + " events");
    }
    System.out.printf(
        Locale.ROOT,
        "%,d events in %.1f s: %,d events/s%n",
        sent,
        tookMs / 1e3,
        Math.round(sent * 1e3 / Math.max(1, tookMs)));
  }
}
