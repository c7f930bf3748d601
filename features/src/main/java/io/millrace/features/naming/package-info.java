/** What somebody may have meant who gave a name that is not known. */
package io.millrace.features.naming;
