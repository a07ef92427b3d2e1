package dev.assay.server.project;

/** Entries of a run came, and some before them are missing. */
public final class GapException extends Exception {

  private static final long serialVersionUID = 1;

  private final long there;

  GapException(long there) {
    super("entries are missing after the first " + there);
    this.there = there;
  }

  /** How many entries of the run are there. */
  public long there() {
    return there;
  }
}
