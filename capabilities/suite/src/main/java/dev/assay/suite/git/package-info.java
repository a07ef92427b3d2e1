/**
 * What a project's repository says: commits and the files they touch, who wrote a line, who owns a
 * file, and which files are the project's own.
 *
 * <p>Only reads, with the git program, bounded in time and in bytes and in the C locale; where
 * there is no repository or no git, it says so by being empty. Must not know failures or tests.
 */
@NullMarked
package dev.assay.suite.git;

import org.jspecify.annotations.NullMarked;
