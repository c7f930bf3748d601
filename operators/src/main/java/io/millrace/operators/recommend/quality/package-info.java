/** How good lists are: what visitors clicked next, held against what they had been given. */
package io.millrace.operators.recommend.quality;
