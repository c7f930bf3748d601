package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MillraceTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpsWithEveryCommand() {
    for (String command : new String[] {"up", "demo", "replay", "bench"}) {
      assertThat(run(command, "--help")).as(command).isZero();
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--data-dir", "--shift-to-now", "--no-catalog", "--seed", "READY kafka=");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void takesWrongUsageInOneLineAndExitCodeTwo() {
    assertUsage("COMMAND", new String[0], "Name a command");
    assertUsage("unknown command", new String[] {"fly"}, "fly");
    assertUsage("unknown option", new String[] {"up", "--fast"}, "--fast");
    assertUsage("ports", new String[] {"up", "--ports", "9"}, "--ports");
    assertUsage("option key", new String[] {"up", "-D", "redis.epok=1"}, "redis.epoch");
    assertUsage("option value", new String[] {"up", "-Dredis.epoch=x"}, "redis.epoch is 'x'");
    assertUsage("address", new String[] {"up", "--redis", "http://h:1"}, "redis://");
    assertUsage("rate", new String[] {"demo", "--rate", "-3"}, "--rate is -3");
    assertUsage(
        "job", new String[] {"bench", "pricing"}, "recommend, profile, fraud and catalogue");
    assertUsage("items", new String[] {"bench", "catalogue", "--items=7"}, "give 40000 to");
    assertUsage("lists", new String[] {"bench", "catalogue", "--lists=-1"}, "give 0 to");
    assertUsage("lists of clicks", new String[] {"bench", "--lists=5"}, "bench catalogue");
    assertUsage("items of clicks", new String[] {"bench", "--items=50000"}, "bench catalogue");
    assertUsage("clicks", new String[] {"bench", "catalogue", "--clicks=50000"}, "--items");
    assertUsage(
        "items of profiles",
        new String[] {"bench", "profile", "--items=50000"},
        "--items is for bench catalogue; bench profile has --clicks");
    assertUsage(
        "data of profiles",
        new String[] {"bench", "profile", "--data=" + dir},
        "--data is for bench recommend");
    assertUsage("few clicks", new String[] {"bench", "--clicks=7"}, "give 20000 to");
    assertUsage("evaluation", new String[] {"evaluate"}, "recommend, features");
    String here = dir.toString();
    assertUsage(
        "no data", new String[] {"evaluate", "features", "--data", here}, "--data: neither");
    assertUsage(
        "mode",
        new String[] {"evaluate", "features", "--data", here, "--mode", "live"},
        "--mode is 'live'; give in-order, shuffled, restart or all");
    assertUsage("no file", new String[] {"replay", "--preset", "rsc15"}, "--file");
    String absent = dir.resolve("absent.tsv").toString();
    assertUsage("preset", replay("sernade", absent), "serenade, rsc15, diginetica");
    assertUsage("later preset", replay("nab", absent), "not available yet");
    assertUsage("file", replay("rsc15", absent), "there is no file");
  }

  private static String[] replay(String preset, String file) {
    return new String[] {"replay", "--preset", preset, "--file", file};
  }

  private void assertUsage(String what, String[] args, String part) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).as(what).isEqualTo(2);
    assertThat(err.toString().strip()).as(what).contains(part).hasLineCount(1);
  }

  private int run(String... args) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
