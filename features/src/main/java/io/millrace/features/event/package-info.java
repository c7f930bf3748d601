/**
 * What the outside world tells the engine: topics, typed events and their JSON form. An event that
 * leaves {@link io.millrace.features.event.ClickCodec} is valid; nothing downstream checks again.
 * What cannot be read becomes a {@link io.millrace.features.event.DeadLetter}.
 */
package io.millrace.features.event;
