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

/**
 * What a check that makes faults gives them.
 *
 * @param check its context
 * @param overlays what its faults have laid over links
 */
record CheckFaultContext(CheckContext check, LinkOverlays overlays) implements FaultContext {

  @Override
  public Optional<Services> services() {
    return check.find(Services.class);
  }

  @Override
  public UndoJournal undo() {
    return check.undo();
  }

  @Override
  public Clock clock() {
    return check.clock();
  }

  @Override
  public long seed() {
    return check.seed();
  }

  @Override
  public Path folder() {
    return check.folder();
  }

  @Override
  public Path scratch() {
    return check.scratch();
  }

  @Override
  public Processes processes() {
    return check.processes();
  }

  @Override
  public Cancellation cancellation() {
    return check.cancellation();
  }

  @Override
  public String fill(Template template) {
    return check.fill(template);
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return check.find(type);
  }
}
