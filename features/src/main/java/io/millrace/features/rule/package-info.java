/**
 * Rules that analysts give at run time. An {@link io.millrace.features.rule.Expression} says which
 * events count; a {@link io.millrace.features.rule.CompiledRule} is a {@link
 * io.millrace.features.event.FraudRule} that was found to make sense; {@link
 * io.millrace.features.rule.RuleBook} holds all rules and says which of them an event meets, and a
 * {@link io.millrace.features.rule.RuleState} is what one rule knows of one entity. Events are
 * given in the order of their times, once they are settled, so that the order in which they arrived
 * does not matter.
 */
package io.millrace.features.rule;
