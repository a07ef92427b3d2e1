package dev.assay.chaos.toolkit;

/** Ends an experiment before its end. */
final class Interrupted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean rollbacks;

  /**
   * An interruption.
   *
   * @param rollbacks whether the rollback strategy still decides about rollbacks; otherwise there
   *     are none
   */
  Interrupted(String message, boolean rollbacks) {
    super(message);
    this.rollbacks = rollbacks;
  }

  boolean rollbacks() {
    return rollbacks;
  }
}
