package dev.assay.api.plan;

import org.jspecify.annotations.Nullable;

/**
 * What the evidence is about. Immutable.
 *
 * @param environment the name of the environment
 * @param commit the commit of the workspace's folder, or null outside a repository
 * @param branch its branch, or null where there is none
 * @param dirty whether files differ from the commit
 * @param artifact the digest of the artifact under test, or null where none is named
 */
public record Subject(
    String environment,
    @Nullable String commit,
    @Nullable String branch,
    boolean dirty,
    @Nullable String artifact) {}
