/** Rules that analysts give at run time. */
package io.millrace.features.rule;
