package dev.assay.api.spi;

import dev.assay.api.problem.ProblemType;
import java.util.List;

/**
 * A room of the house, found by {@link java.util.ServiceLoader}. Every extension point is a method
 * of this one page that returns nothing until it is overridden. Implementations are immutable and
 * have a public constructor without arguments that does no work.
 */
public interface Capability {

  /** Its name, as in the house's plan: {@code http}, {@code load}. */
  String name();

  /** The kinds of checks it carries out. */
  default List<CheckType<?>> checkTypes() {
    return List.of();
  }

  /** What it observes of services while a check measures. */
  default List<ServiceObserver<?>> observers() {
    return List.of();
  }

  /** The keys of the workspace file that it reads. */
  default List<WorkspaceSection<?>> sections() {
    return List.of();
  }

  /** How entries that it writes into the undo journal are undone after a crash. */
  default List<UndoAction> undoActions() {
    return List.of();
  }

  /**
   * What the machine lets it do, for {@code assay doctor}; looks now, changes nothing that lasts,
   * at most a few seconds.
   */
  default List<Facility> facilities() {
    return List.of();
  }

  /** Every kind of problem it can report, for {@code assay explain}. */
  default List<ProblemType> problems() {
    return List.of();
  }

  /** Programs of the machine that it uses when they are there, for {@code assay doctor}. */
  default List<Requirement> requirements() {
    return List.of();
  }

  /**
   * A program that checks may need.
   *
   * @param program its name on the PATH
   * @param usedFor what cannot be done without it
   * @param mend how to get it
   */
  record Requirement(String program, String usedFor, String mend) {}
}
