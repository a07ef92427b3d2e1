package dev.assay.server.facts;

import dev.assay.api.evidence.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * The log of a service that a run keeps as an artifact. Immutable.
 *
 * @param service its name
 * @param sha256 of the file
 * @param size of the file, in bytes
 */
public record ServiceLog(String service, String sha256, long size) {

  private static final String CHECK = "services";
  private static final String BEFORE = "services/";
  private static final String AFTER = ".log";

  /** The log that an artifact is; null where it is none. */
  static @Nullable ServiceLog of(Artifact artifact) {
    String name = artifact.name();
    boolean log =
        artifact.check().equals(CHECK)
            && name.startsWith(BEFORE)
            && name.endsWith(AFTER)
            && name.length() > BEFORE.length() + AFTER.length();
    return log
        ? new ServiceLog(
            name.substring(BEFORE.length(), name.length() - AFTER.length()),
            artifact.sha256(),
            artifact.size())
        : null;
  }
}
