package dev.assay.api.spi;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tests in quarantine that a server keeps for all who run a workspace, as a file that a suite
 * reads. Immutable.
 *
 * @param file the file, in the form of a suite's own
 * @param origin where it is from, for people
 * @param fetched when it was fetched
 * @param away why a newer one could not be fetched; null where it is as it is there now
 */
public record SharedQuarantine(Path file, String origin, Instant fetched, @Nullable String away) {}
