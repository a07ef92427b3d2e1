/**
 * Runs that are made of what other tools reported: read by the readers of suites, judged by the
 * judge of every run.
 */
@NullMarked
package dev.assay.server.ingest;

import org.jspecify.annotations.NullMarked;
