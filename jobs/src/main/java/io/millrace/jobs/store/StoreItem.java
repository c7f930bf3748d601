package io.millrace.jobs.store;

/**
 * An item of the simulated store.
 *
 * @param id such as {@code lamps-0017}
 * @param title for people
 * @param category number of its leaf category
 * @param style number of its style; visitors who like one thing of a style tend to like others
 * @param appeal weight among the items of its category; few have much
 * @param price in EUR
 */
public record StoreItem(
    String id, String title, int category, int style, double appeal, double price) {}
