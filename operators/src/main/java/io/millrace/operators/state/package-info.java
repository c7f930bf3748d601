/**
 * Keyed state behind a heap cache. A keyed update costs several microseconds on RocksDB, most of it
 * copying; what is used again soon is kept decoded and written back before each checkpoint.
 */
package io.millrace.operators.state;
