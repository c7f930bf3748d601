package io.millrace.features.fraud;

/**
 * What payments have in common and is remembered from one to the next.
 *
 * @param name begins the names of its signals, such as {@code card}
 * @param key the field of an order by which payments belong to it, such as {@code card_id}
 * @param rules how it remembers
 */
public record FraudEntity(String name, String key, EntityRules rules) {}
