/**
 * Flat bytes: how state is laid out. A value is written and read once an event, so its form is
 * compact and needs no reflection; the first byte of every state value is its layout's version.
 */
package io.millrace.features.bytes;
