package dev.assay.core.report;

/**
 * What was found about a process that the run started. Immutable.
 *
 * @param name its name
 * @param evidence what was found
 */
public record ServiceReport(String name, EvidenceReport evidence) {}
