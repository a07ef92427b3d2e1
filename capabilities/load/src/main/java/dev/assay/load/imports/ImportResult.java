package dev.assay.load.imports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an import made. Immutable.
 *
 * @param yaml the text of the workspace file
 * @param files what belongs beside it: path to bytes
 * @param steps how many requests it sends in one pass
 * @param notes what was left out or changed, one line each; also in the file
 * @param tasks what has to be set before the first run, one line each; also in the file
 */
public record ImportResult(
    String yaml, Map<String, byte[]> files, int steps, List<String> notes, List<String> tasks) {

  /** Copies the collections. */
  public ImportResult {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    notes = List.copyOf(notes);
    tasks = List.copyOf(tasks);
  }
}
