/**
 * What becomes of suspicions: episodes that open, become worse and close, within a budget. Begin at
 * {@link io.millrace.features.alert.EntityEpisodes}.
 */
package io.millrace.features.alert;
