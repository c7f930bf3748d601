package io.millrace.jobs.store;

import java.util.SortedMap;

/**
 * An item of the simulated store.
 *
 * @param id such as {@code lamps-0017}
 * @param title for people
 * @param category number of its leaf category
 * @param style number of its style; visitors who like one thing of a style tend to like others
 * @param appeal weight among the items of its category; few have much
 * @param price in EUR
 * @param brand who makes it
 * @param attributes what else the catalogue says of it, by name
 */
public record StoreItem(
    String id,
    String title,
    int category,
    int style,
    double appeal,
    double price,
    String brand,
    SortedMap<String, String> attributes) {}
