package dev.assay.chaos.fault;

import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fault that is about to be made: all is found out, nothing is touched.
 *
 * @param kind how it is undone after a crash
 * @param details what that needs
 * @param make makes it
 * @param look looks whether it is in effect
 * @param mend undoes it, in the run that made it; does nothing where it is whole
 */
record Break(String kind, Map<String, String> details, Action make, Look look, Action mend) {

  /** Something to do. */
  interface Action {
    void run() throws Exception;
  }

  /** Looks. */
  interface Look {
    Effect now() throws IOException;
  }

  /** What is undone in the run as it is after a crash. */
  static Break of(Breakage breakage, Map<String, String> details) {
    Map<String, String> kept = new TreeMap<>(details);
    return new Break(
        breakage.kind(),
        kept,
        () -> breakage.make(kept),
        () -> breakage.look(kept),
        () -> {
          var _ = breakage.undo("", kept);
        });
  }
}
