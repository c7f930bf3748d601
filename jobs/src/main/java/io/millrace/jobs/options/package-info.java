/**
 * What can be set: typed options with a range, a default and a sentence, one class of them a
 * concern, all listed by {@link io.millrace.jobs.options.OptionRegistry}. {@link
 * io.millrace.jobs.options.Options} holds the values of one start; operators are given plain values
 * taken from it.
 */
package io.millrace.jobs.options;
