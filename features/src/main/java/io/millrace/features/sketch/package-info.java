/** What stands for many values in few bytes, the same whatever their order. */
package io.millrace.features.sketch;
