/**
 * How to reach Redis: plain settings, shared by the sink that writes and the library that reads.
 */
package io.millrace.features.redis;
