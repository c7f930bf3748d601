/**
 * A store that does not exist: a catalogue, a stockroom, visitors with tastes, the visits they
 * would make and the orders they would place, now and then with stolen cards. {@link
 * io.millrace.jobs.store.SimulatedStore} makes the events, the same ones for the same seed; {@link
 * io.millrace.jobs.store.StoreTraffic} sends them to Kafka as time passes. It knows nothing of how
 * recommendations are made.
 */
package io.millrace.jobs.store;
