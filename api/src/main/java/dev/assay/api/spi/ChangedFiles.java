package dev.assay.api.spi;

import java.nio.file.Path;
import java.util.List;

/**
 * The files that changed since the checks last ran, where somebody watches them. A check asks its
 * context for it and may do less where it knows what depends on what. Immutable.
 *
 * @param files absolute; also files that are gone
 */
public record ChangedFiles(List<Path> files) {

  /** Copies the list. */
  public ChangedFiles {
    files = List.copyOf(files);
  }
}
