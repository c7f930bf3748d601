/**
 * From one visitor's clicks to sessions, and from sessions to what the postings must learn. {@link
 * io.millrace.features.session.VisitorSessions} holds all that is remembered of a visitor and is a
 * function of the set of its clicks, not of their order of arrival.
 */
package io.millrace.features.session;
