package io.millrace.jobs.cli;

import picocli.CommandLine.Command;

/** placeholder. */
@Command(name = "demo")
final class DemoCommand {}
