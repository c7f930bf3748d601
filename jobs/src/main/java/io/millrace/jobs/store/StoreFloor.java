package io.millrace.jobs.store;

/**
 * What a visit has to do with.
 *
 * @param chance the store's draws
 * @param catalogue what is sold
 * @param stock how many pieces there are
 * @param desk takes orders
 * @param agenda what comes next
 * @param journal what has happened
 */
record StoreFloor(
    Chance chance,
    StoreCatalogue catalogue,
    Stockroom stock,
    OrderDesk desk,
    Agenda agenda,
    StoreJournal journal) {}
