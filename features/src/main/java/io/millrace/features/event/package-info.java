/**
 * What the outside world tells the engine and what it answers: topics, typed messages and their
 * JSON form. A {@link io.millrace.features.event.Click} or {@link io.millrace.features.event.Order}
 * is an event and has its time; a {@link io.millrace.features.event.CatalogItem} or {@link
 * io.millrace.features.event.Control} is a fact and holds until a newer one. What leaves a codec is
 * valid; nothing downstream checks again. What cannot be read becomes a {@link
 * io.millrace.features.event.DeadLetter}.
 */
package io.millrace.features.event;
