package io.millrace.jobs.local;

import io.millrace.jobs.options.Options;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job that the local engine runs.
 *
 * @param name short, for people and for the folder of its state
 * @param topology adds the job to an environment
 */
public record LocalJob(String name, BiConsumer<StreamExecutionEnvironment, Options> topology) {}
