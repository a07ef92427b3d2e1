package dev.assay.load.engine;

/** A part of a run that brings users in one way. Immutable. */
public sealed interface Phase {

  /** Its name in evidence. */
  String name();

  /** Which scenario its users carry out: an index of the plan's. */
  int scenario();

  /** When it begins, in nanoseconds after the start of the run. */
  long start();

  /** When it brings no more, in nanoseconds after the start of the run. */
  long end();

  /** Whether it is in the statistics; a warm-up is not. */
  boolean measured();

  /** The number of its first pass; numbers choose the records of feeders and random choices. */
  long firstSequence();

  /**
   * The open model: arrivals that the target cannot slow down.
   *
   * @param name its name
   * @param scenario what each arrival does
   * @param start when it begins
   * @param measured whether it is in the statistics
   * @param firstSequence the number of its first arrival
   * @param arrivals when each is intended
   */
  record Open(
      String name,
      int scenario,
      long start,
      boolean measured,
      long firstSequence,
      Arrivals arrivals)
      implements Phase {

    @Override
    public long end() {
      return start + arrivals.nanos();
    }
  }

  /**
   * The closed model: users who begin anew when they are through.
   *
   * @param name its name
   * @param scenario what each user does, again and again
   * @param start when it begins
   * @param measured whether it is in the statistics
   * @param firstSequence the number of the first user's first pass
   * @param nanos how long it lasts
   * @param from users at its beginning
   * @param to users at its end; between, their number changes linearly
   * @param thinkLow the shortest pause between two passes of a user
   * @param thinkHigh the longest
   * @param passes how many passes all users together make at most
   */
  record Closed(
      String name,
      int scenario,
      long start,
      boolean measured,
      long firstSequence,
      long nanos,
      int from,
      int to,
      long thinkLow,
      long thinkHigh,
      long passes)
      implements Phase {

    @Override
    public long end() {
      return start + nanos;
    }

    /** The most users at once. */
    public int most() {
      return Math.max(from, to);
    }

    /** When a user, counted from 0, comes, in nanoseconds after the beginning. */
    public long comes(int user) {
      return user < from ? 0 : (long) ((double) nanos * (user - from + 1) / (to - from));
    }

    /** When a user goes, in nanoseconds after the beginning. */
    public long goes(int user) {
      return user < to || to >= from
          ? nanos
          : (long) ((double) nanos * (from - user) / (from - to));
    }
  }
}
