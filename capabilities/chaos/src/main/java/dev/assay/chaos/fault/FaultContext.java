package dev.assay.chaos.fault;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Processes;
import dev.assay.api.spi.Services;
import dev.assay.api.spi.UndoJournal;
import dev.assay.api.value.Template;
import java.nio.file.Path;
import java.util.Optional;

/** What making a fault needs. Thread-safe. */
public interface FaultContext {

  /** The context of a check that makes faults; one for all of them. */
  static FaultContext of(CheckContext check) {
    return new CheckFaultContext(check, new LinkOverlays());
  }

  /** The services of the run; empty where there are none. */
  Optional<Services> services();

  /** How to undo, written before anything is done. */
  UndoJournal undo();

  /** The time. */
  Clock clock();

  /** The seed of what is random in faults. */
  long seed();

  /** The folder that relative paths begin at. */
  Path folder();

  /** A folder for files that a fault needs while it lasts. */
  Path scratch();

  /** Child processes. */
  Processes processes();

  /** Tells to stop. */
  Cancellation cancellation();

  /** Fills a template with the variables of the run. */
  String fill(Template template);

  /** What faults have laid over links; the same for all faults of an experiment. */
  LinkOverlays overlays();

  /** What capabilities offer, such as the links of the run. */
  <T> Optional<T> find(Class<T> type);
}
