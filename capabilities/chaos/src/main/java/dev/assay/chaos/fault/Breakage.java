package dev.assay.chaos.fault;

import dev.assay.api.spi.UndoAction;
import dev.assay.chaos.fault.Injected.Effect;
import java.io.IOException;
import java.util.Map;

/**
 * A way of breaking: how it is made, seen and undone, all from the same details, which are in the
 * undo journal before it is made. Undoing throws where it leaves something broken; it may happen in
 * another process. Immutable and thread-safe.
 */
interface Breakage extends UndoAction {

  /** Breaks it. */
  void make(Map<String, String> details) throws IOException;

  /** Looks whether it is broken. */
  Effect look(Map<String, String> details);
}
