package dev.assay.suite.report;

/**
 * Something that an analyser found and that nobody has accepted. Immutable.
 *
 * @param tool the analyser; may be empty
 * @param rule which of its rules; may be empty
 * @param level {@code error}, {@code warning}, {@code note} or {@code none}
 * @param place the file, with its line where that is known; may be empty
 * @param message what it says
 * @param print what stays the same where the finding does, although lines move; may be empty
 */
public record Discovery(
    String tool, String rule, String level, String place, String message, String print) {}
