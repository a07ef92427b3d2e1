package dev.assay.server.project;

/** Hears of runs whose first entries came. Called by many threads; must return at once. */
public interface BeginningListener {

  /** A run of a project begins to come. */
  void begins(String project, ProjectRuns runs, String run);
}
