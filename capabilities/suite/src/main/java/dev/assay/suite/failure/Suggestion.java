package dev.assay.suite.failure;

/**
 * What might mend a failure.
 *
 * @param text what to do
 * @param reason what in the failure speaks for it
 */
public record Suggestion(String text, String reason) {}
