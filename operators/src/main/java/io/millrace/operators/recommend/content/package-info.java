/**
 * The way of a catalogue entry to items of like content. {@link
 * io.millrace.operators.recommend.content.ContentSigner} (by item) makes a signature of what is new
 * in it; {@link io.millrace.operators.recommend.content.ContentBuckets} (by band) finds who shares
 * a band; {@link io.millrace.operators.recommend.content.ContentNeighbours} (by item) keeps the
 * items most like and tells them as fill-ins. What they hold follows from the newest catalogue
 * alone, as long as no bucket was full.
 */
package io.millrace.operators.recommend.content;
