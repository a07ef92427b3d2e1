/**
 * The command line: reads options, assembles the rooms, prints. Must not hold logic of its own; a
 * new command is a new class beside {@link dev.assay.cli.RunCommand} and a line in {@code
 * Commands}.
 */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
