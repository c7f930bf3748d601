/** Whom every keyed operator must forget, and what follows from it. */
package io.millrace.operators.forget;
