package dev.assay.load.feed;

import dev.assay.load.extract.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows kept as bytes in large arrays: of each value its length, seven bits a byte, and its bytes.
 * No row is spread over two arrays. Immutable once built, thread-safe.
 */
final class RowStore {

  private static final int CHUNK = 1 << 20;
  private static final int LONGEST_LENGTH = 5;

  private final byte[][] chunks;
  private final long[] places;

  private RowStore(byte[][] chunks, long[] places) {
    this.chunks = chunks;
    this.places = places;
  }

  long rows() {
    return places.length;
  }

  /** Adds a value to a buffer; nothing where the row has fewer values. */
  void write(long row, int column, Bytes out) {
    long place = places[(int) row];
    byte[] chunk = chunks[(int) (place >>> 32)];
    int at = (int) place;
    int columns = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = chunk[at++];
      columns |= (b & 0x7F) << shift;
      if (b >= 0) {
        break;
      }
    }
    if (column >= columns) {
      return;
    }
    int length = 0;
    for (int i = 0; i <= column; i++) {
      at += length;
      length = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = chunk[at++];
        length |= (b & 0x7F) << shift;
        if (b >= 0) {
          break;
        }
      }
    }
    out.append(chunk, at, at + length);
  }

  /** Collects rows. Not thread-safe. */
  static final class Builder {

    private final List<byte[]> chunks = new ArrayList<>();
    private long[] places = new long[1024];
    private int rows;
    private byte[] chunk = {};
    private int at;

    int rows() {
      return rows;
    }

    /**
     * Adds a row.
     *
     * @param values the bytes of all its values
     * @param ends where each of them ends
     */
    void add(byte[] values, int[] ends, int columns) {
      int last = columns == 0 ? 0 : ends[columns - 1];
      int most = last + (columns + 1) * LONGEST_LENGTH;
      if (most > chunk.length - at) {
        close();
        chunk = new byte[Math.max(CHUNK, most)];
        chunks.add(chunk);
        at = 0;
      }
      if (rows == places.length) {
        places = Arrays.copyOf(places, rows * 2);
      }
      places[rows++] = (long) (chunks.size() - 1) << 32 | at;
      length(columns);
      int from = 0;
      for (int i = 0; i < columns; i++) {
        length(ends[i] - from);
        System.arraycopy(values, from, chunk, at, ends[i] - from);
        at += ends[i] - from;
        from = ends[i];
      }
    }

    private void length(int number) {
      int rest = number;
      while (rest > 0x7F) {
        chunk[at++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      chunk[at++] = (byte) rest;
    }

    /** Gives back what the last chunk does not use. */
    private void close() {
      if (at < chunk.length) {
        chunks.set(chunks.size() - 1, Arrays.copyOf(chunk, at));
      }
    }

    RowStore build() {
      close();
      return new RowStore(chunks.toArray(new byte[0][]), Arrays.copyOf(places, rows));
    }
  }
}
