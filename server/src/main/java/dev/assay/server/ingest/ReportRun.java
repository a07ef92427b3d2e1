package dev.assay.server.ingest;

import dev.assay.api.verdict.Decision;

/**
 * A run made of reports. Immutable.
 *
 * @param run its id
 * @param decision what was decided
 * @param fresh whether it was made now, and not by the same request before
 */
public record ReportRun(String run, Decision decision, boolean fresh) {}
