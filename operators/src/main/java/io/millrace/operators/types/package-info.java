/**
 * How the engine's own types cross the network and lie in state: flat bytes, written by hand, under
 * a version of their own. {@link io.millrace.operators.types.EventTypes} names the type information
 * of each; a new type extends {@link io.millrace.operators.types.FlatSerializer}.
 */
package io.millrace.operators.types;
