package dev.assay.load.feed;

import dev.assay.load.extract.Bytes;
import java.util.List;

/** Rows of named values. Immutable, thread-safe. */
public interface Records {

  /** {@link #rows()} of records that are generated. */
  long ENDLESS = Long.MAX_VALUE;

  /** The names of the values of a row, in order; at least one, none twice. */
  List<String> columns();

  /** How many rows there are, at least 1; {@link #ENDLESS} where they are generated. */
  long rows();

  /**
   * Adds one value to a buffer, as UTF-8 text. Allocates nothing.
   *
   * @param row 0 to {@link #rows()} exclusive
   * @param column its place in {@link #columns()}
   */
  void write(long row, int column, Bytes out);
}
