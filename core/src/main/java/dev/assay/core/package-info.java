/**
 * The one room that joins evidence and statistics: parse, run, judge, report. Must not know any
 * capability, any store or the command line; those are handed to it.
 */
@NullMarked
package dev.assay.core;

import org.jspecify.annotations.NullMarked;
