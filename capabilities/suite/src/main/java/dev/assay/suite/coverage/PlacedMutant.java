package dev.assay.suite.coverage;

import dev.assay.suite.report.Mutant;
import org.jspecify.annotations.Nullable;

/**
 * A mutant and where it is.
 *
 * @param path its file in the repository; null where that is not certain
 * @param mutant what the report says
 */
public record PlacedMutant(@Nullable String path, Mutant mutant) {

  /** Where it is, for people. */
  public String place() {
    String file = path == null ? mutant.path() : path;
    return mutant.line() > 0 ? file + ":" + mutant.line() : file;
  }

  boolean within(Change change) {
    return path != null
        && change.lines().getOrDefault(path, java.util.Set.of()).contains(mutant.line());
  }
}
