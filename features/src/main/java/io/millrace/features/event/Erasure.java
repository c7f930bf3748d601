package io.millrace.features.event;

/**
 * A request to forget a visitor. Made by {@link ErasureCodec}, which validates.
 *
 * @param visitorId whom to forget, 1 to 128 bytes
 * @param requestedAt what they did until then is forgotten, milliseconds since the epoch; visitor
 *     and time together deduplicate
 */
public record Erasure(String visitorId, long requestedAt) {}
