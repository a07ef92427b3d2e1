/**
 * Known networks with the sources of their figures, and readers of other tools' descriptions of
 * networks.
 *
 * <p>Must not know: workspaces and their configuration records, proxies, sockets. The usual change:
 * a profile is an entry of {@code profiles.json} with a source for each figure; another tool's
 * format is a class that makes {@link dev.assay.network.profile.Imported}s and a constant of {@link
 * dev.assay.network.profile.ConditionImport.Kind}.
 */
@NullMarked
package dev.assay.network.profile;

import org.jspecify.annotations.NullMarked;
