/** Asks the engine to forget a visitor, and hears its answers. */
package io.millrace.jobs.erase;
