package dev.assay.api.evidence;

/** The value of a measurement. Immutable. */
public sealed interface Measured {

  /**
   * A reading.
   *
   * @param value may be NaN where the source said so; a NaN never lets anything pass
   */
  record Scalar(double value) implements Measured {
    /** Makes a negative zero a plain one, as JSON numbers do not tell them apart. */
    public Scalar {
      value += 0.0;
    }
  }

  /**
   * A number of events in the interval.
   *
   * @param value at least 0
   */
  record Count(long value) implements Measured {
    /** Checks the range. */
    public Count {
      if (value < 0) {
        throw new IllegalArgumentException(value + " is no count");
      }
    }
  }

  /**
   * How many of all.
   *
   * @param hits 0 to total
   * @param total at least 0
   */
  record Proportion(long hits, long total) implements Measured {
    /** Checks the range. */
    public Proportion {
      if (hits < 0 || hits > total) {
        throw new IllegalArgumentException(hits + " of " + total + " is no proportion");
      }
    }
  }

  /**
   * Many values as a histogram.
   *
   * @param count how many values, at least 1
   * @param histogram Base64 of HdrHistogram's V2 compressed encoding of whole numbers in the
   *     measurement's unit
   */
  record Distribution(long count, String histogram) implements Measured {
    /** Checks that there are values. */
    public Distribution {
      if (count < 1) {
        throw new IllegalArgumentException("a distribution of " + count + " values is none");
      }
    }
  }
}
