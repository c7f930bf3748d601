/**
 * What is known of a visitor: declared features of clicks and orders ({@link
 * io.millrace.features.profile.VisitorFeatures}), and what is made of them.
 */
package io.millrace.features.profile;
