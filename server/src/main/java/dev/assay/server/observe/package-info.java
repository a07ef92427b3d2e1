/**
 * What a server keeps of what is observed: the alerts, silences and incidents of each project,
 * where they go, and how its monitors and objectives stand. Must not know pages or the interface.
 *
 * <p>The usual change: another kind of document beside those of {@code Watchroom}.
 */
@NullMarked
package dev.assay.server.observe;

import org.jspecify.annotations.NullMarked;
