package dev.assay.chaos.fault;

import dev.assay.api.problem.Place;
import java.util.Set;

/** One thing that can be broken. Immutable and thread-safe. */
public interface Fault {

  /** Its key in the workspace: {@code kill}, {@code latency}. */
  String kind();

  /** What it does, as a phrase that begins with a verb: {@code kill shop}. */
  String what();

  /**
   * What it touches, for the blast radius: {@code service:shop}, {@code link:orders-db}, {@code
   * path:/data}, {@code port:5432}, {@code machine}.
   */
  Set<String> targets();

  /** Where it is written. */
  Place place();

  /**
   * Says why it cannot be made here and now; touches nothing.
   *
   * @throws dev.assay.api.problem.ProblemException if a right or facility is missing, or a target
   *     is not there
   */
  void ensurePossible(FaultContext context);

  /**
   * Makes it. How to undo it is in the journal, and a watchdog runs, before anything is touched;
   * when this returns, it has been seen to have taken effect.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be made or took no effect; whatever
   *     was touched has been undone then
   */
  Injected inject(FaultContext context);

  /**
   * A milder form, for rising intensity; itself where there is no milder one.
   *
   * @param intensity more than 0, at most 1, which is this fault
   */
  default Fault at(double intensity) {
    return this;
  }
}
