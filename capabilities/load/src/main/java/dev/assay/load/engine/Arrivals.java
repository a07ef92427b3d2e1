package dev.assay.load.engine;

import java.util.List;
import java.util.SplittableRandom;

/**
 * When the arrivals of an open phase are intended, in nanoseconds after its start: absolutely, so
 * that nothing that happens during the run moves them. Immutable; cursors are not thread-safe.
 *
 * <p>A course of rates is a sequence of pieces whose rate changes linearly. Arrival <i>i</i> of
 * even arrivals is intended where the area under the rates reaches <i>i</i>. Poisson arrivals are
 * those of an inhomogeneous Poisson process with that course, given its count (Cox and Lewis 1966,
 * 2.1): the areas of its arrivals are ordered uniform numbers, drawn one after the other (Bentley
 * and Saxe 1980), so that their count is exact and the same seed gives the same arrivals.
 */
public sealed interface Arrivals {

  /** How many there are. */
  long count();

  /** How long the phase lasts. */
  long nanos();

  /**
   * A cursor over every {@code stride}-th arrival from {@code first} on; the offsets do not depend
   * on how many share them.
   */
  Cursor cursor(long first, long stride);

  /** Walks arrivals in their order. */
  interface Cursor {
    /** Whether there is an arrival here. */
    boolean here();

    /** Its number in the phase, from 0. */
    long number();

    /** When it is intended, in nanoseconds after the start of the phase. */
    long offset();

    /** Goes to the next one. */
    void advance();

    /** How many there are from here on. */
    long left();
  }

  /**
   * A part of a course.
   *
   * @param from rate at its beginning, per second, 0 or more
   * @param to rate at its end
   * @param nanos how long, above 0
   */
  record Piece(double from, double to, long nanos) {

    private static final double SECOND = 1e9;

    /** How many arrivals it holds, with fractions. */
    double area() {
      return (from + to) / 2 * nanos / SECOND;
    }

    /** When so many of its arrivals have come, in nanoseconds after its beginning. */
    double reaches(double arrivals) {
      if (arrivals <= 0) {
        return 0;
      }
      double slope = (to - from) / (nanos / SECOND);
      double root = Math.sqrt(Math.max(0, from * from + 2 * slope * arrivals));
      // The form without cancellation; exact for a constant rate.
      return slope == 0
          ? arrivals * SECOND / from
          : Math.min(nanos, 2 * arrivals / (from + root) * SECOND);
    }
  }

  /** A constant rate. */
  static Arrivals constant(double perSecond, long nanos) {
    return even(List.of(new Piece(perSecond, perSecond, nanos)));
  }

  /** Evenly spaced arrivals along a course. */
  static Arrivals even(List<Piece> course) {
    return new Course(course, false, 0);
  }

  /** Arrivals of a Poisson process along a course. */
  static Arrivals poisson(List<Piece> course, long seed) {
    return new Course(course, true, seed);
  }

  /** Recorded arrivals. */
  static Arrivals recorded(long[] offsets, long nanos) {
    return new Recorded(offsets.clone(), nanos);
  }

  /**
   * Arrivals along a course of rates.
   *
   * @param pieces at least one
   * @param poisson whether they are random
   * @param seed of the randomness
   */
  record Course(List<Piece> pieces, boolean poisson, long seed) implements Arrivals {

    /** Copies the list. */
    public Course {
      pieces = List.copyOf(pieces);
    }

    private double area() {
      double area = 0;
      for (Piece piece : pieces) {
        area += piece.area();
      }
      return area;
    }

    @Override
    public long count() {
      return Math.round(area());
    }

    @Override
    public long nanos() {
      long nanos = 0;
      for (Piece piece : pieces) {
        nanos += piece.nanos();
      }
      return nanos;
    }

    @Override
    public Cursor cursor(long first, long stride) {
      return poisson ? new PoissonCursor(this, first, stride) : new EvenCursor(this, first, stride);
    }
  }

  /**
   * Arrivals that were recorded.
   *
   * @param offsets ascending
   * @param nanos how long the phase lasts
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and too large to copy
  record Recorded(long[] offsets, long nanos) implements Arrivals {

    @Override
    public long count() {
      return offsets.length;
    }

    @Override
    public Cursor cursor(long first, long stride) {
      return new RecordedCursor(offsets, first, stride);
    }
  }

  /** Finds where the area of a course reaches a number that only grows. */
  final class Position {

    private final List<Piece> pieces;
    private int piece;
    private double before;
    private long start;

    Position(List<Piece> pieces) {
      this.pieces = pieces;
    }

    /** The offset at which the course has brought so many arrivals. */
    long of(double arrivals) {
      Piece here = pieces.get(piece);
      while (piece + 1 < pieces.size() && arrivals >= before + here.area()) {
        before += here.area();
        start += here.nanos();
        here = pieces.get(++piece);
      }
      return start + (long) here.reaches(arrivals - before);
    }
  }

  /** Even arrivals. */
  final class EvenCursor implements Cursor {

    private final Position position;
    private final long count;
    private final long stride;
    private long number;
    private long offset;

    EvenCursor(Course course, long first, long stride) {
      this.position = new Position(course.pieces());
      this.count = course.count();
      this.stride = stride;
      this.number = first;
      this.offset = here() ? position.of(first) : 0;
    }

    @Override
    public boolean here() {
      return number < count;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public long offset() {
      return offset;
    }

    @Override
    public void advance() {
      number += stride;
      if (here()) {
        offset = position.of(number);
      }
    }

    @Override
    public long left() {
      return here() ? (count - number - 1) / stride + 1 : 0;
    }
  }

  /** Random arrivals; every loop draws all of them and takes its own. */
  final class PoissonCursor implements Cursor {

    private final Position position;
    private final SplittableRandom random;
    private final double area;
    private final long count;
    private final long stride;
    private long drawn;
    private double passed;
    private long number;
    private long offset;

    PoissonCursor(Course course, long first, long stride) {
      this.position = new Position(course.pieces());
      this.random = new SplittableRandom(course.seed());
      this.area = course.area();
      this.count = course.count();
      this.stride = stride;
      this.number = first;
      draw();
    }

    private void draw() {
      if (!here()) {
        return;
      }
      while (drawn <= number) {
        // The smallest of the uniform numbers that are left: 1 - V^(1/left).
        double smallest = -Math.expm1(Math.log(1 - random.nextDouble()) / (count - drawn));
        passed += (1 - passed) * smallest;
        drawn++;
      }
      offset = position.of(passed * area);
    }

    @Override
    public boolean here() {
      return number < count;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public long offset() {
      return offset;
    }

    @Override
    public void advance() {
      number += stride;
      draw();
    }

    @Override
    public long left() {
      return here() ? (count - number - 1) / stride + 1 : 0;
    }
  }

  /** Recorded arrivals. */
  final class RecordedCursor implements Cursor {

    private final long[] offsets;
    private final long stride;
    private long number;

    RecordedCursor(long[] offsets, long first, long stride) {
      this.offsets = offsets;
      this.stride = stride;
      this.number = first;
    }

    @Override
    public boolean here() {
      return number < offsets.length;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public long offset() {
      return offsets[(int) number];
    }

    @Override
    public void advance() {
      number += stride;
    }

    @Override
    public long left() {
      return here() ? (offsets.length - number - 1) / stride + 1 : 0;
    }
  }
}
