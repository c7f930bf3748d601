/**
 * What is watched to tell fraud: which entities an event names, and where the signals that a
 * declaration looks at come from.
 */
package io.millrace.features.watch;
