/**
 * Items of like content. {@link io.millrace.features.content.ContentTokens} makes a set of tokens
 * of a catalogue entry; {@link io.millrace.features.content.ContentSignature} is its MinHash;
 * {@link io.millrace.features.content.ContentBucket} holds the items that share a band of it, and
 * {@link io.millrace.features.content.LikeItems} what one item has in common with others. The
 * method is banded MinHash (Leskovec, Rajaraman and Ullman, "Mining of massive datasets", chapter
 * 3) on one byte a hash (Li and König, "b-bit minwise hashing", 2010).
 */
package io.millrace.features.content;
