package io.millrace.jobs.cli;

import io.millrace.features.event.Control;
import io.millrace.features.event.Control.Kind;
import io.millrace.features.event.Control.Target;
import io.millrace.features.event.Topics;
import io.millrace.jobs.local.ContractEvent;
import io.millrace.jobs.local.EventProducer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code republish}: has everything that Redis serves written again. */
@Command(
    name = "republish",
    description = "Have every job write all its live keys again, into a new or emptied Redis.",
    footer = {
      "",
      "The jobs do it beside their other work, and new events go first. Metrics say",
      "how many keys are left: lists_to_sweep, similar_items_to_republish and",
      "bundles_to_look_at. A job that does not run does it when it runs again."
    })
final class RepublishCommand implements Callable<Integer> {
  private static final String ACTOR = "millrace republish";

  @Mixin private RunningEngine engine;

  @Override
  public Integer call() throws IOException {
    List<String> names = engine.jobs();
    String servers = engine.servers();
    Path logs = Files.createTempDirectory("millrace-republish-");
    LogFiles.into(logs);
    try (EventProducer producer = EventProducer.connect(servers, Topics.CONTROLS)) {
      for (String name : names) {
        producer.send(ContractEvent.of(request(name), System.currentTimeMillis()));
      }
      producer.flush();
    }
    names.forEach(
        name -> System.out.println("the " + name + " job writes all its live keys again"));
    Files.deleteIfExists(LogFiles.place());
    Files.deleteIfExists(logs);
    return 0;
  }

  private static Control request(String job) {
    return new Control(
        "republish:" + job, Kind.REPUBLISH, new Target(Target.JOB, job), ACTOR, null, null);
  }
}
