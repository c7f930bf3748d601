package io.millrace.features.event;

/**
 * A job's answer to an {@link Erasure}: that it no longer answers with anything of the visitor.
 *
 * @param visitorId whom it has forgotten, 1 to 128 bytes
 * @param job name of the job, 1 to 128 bytes
 * @param requestedAt of the request, milliseconds since the epoch
 * @param completedAt when it was done, milliseconds since the epoch
 */
public record ErasureReceipt(String visitorId, String job, long requestedAt, long completedAt) {}
