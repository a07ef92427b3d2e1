package dev.assay.suite.report;

/**
 * How much of one source file was executed. Immutable.
 *
 * @param path the file as the report names it
 */
public record FileCoverage(
    String path, long linesCovered, long linesValid, long branchesCovered, long branchesValid) {}
