package dev.assay.chaos.toolkit;

/** An activity that failed, which the journal records; the experiment goes on. */
final class ActivityFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ActivityFailed(String message) {
    super(message);
  }
}
