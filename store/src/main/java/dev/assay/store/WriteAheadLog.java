package dev.assay.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks the frames of SQLite's write-ahead log
 * (https://www.sqlite.org/fileformat2.html#walformat). SQLite takes the first frame whose checksum
 * is wrong for the end of the log, which is right after a crash, and silently drops committed
 * entries where that frame was damaged later. The two can be told apart: frames are written in
 * order, so behind a true end there is no frame of the same generation (salt) that commits.
 */
final class WriteAheadLog {

  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int MAGIC = 0x377f0682;

  private final ByteOrder order;
  private final int salt1;
  private final int salt2;
  private final int pageSize;
  private int sum1;
  private int sum2;

  private WriteAheadLog(ByteBuffer header, ByteOrder order) {
    this.order = order;
    this.pageSize = header.getInt(8);
    this.salt1 = header.getInt(16);
    this.salt2 = header.getInt(20);
  }

  /** What is wrong with the log, or null where it is absent or as SQLite wrote it. */
  static @Nullable String damage(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) <= HEADER) {
      return null;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      byte[] header = new byte[HEADER];
      in.readFully(header);
      ByteBuffer fields = ByteBuffer.wrap(header);
      int magic = fields.getInt(0);
      ByteOrder order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      WriteAheadLog log = new WriteAheadLog(fields, order);
      log.sum(header, 24, 0);
      boolean whole = log.sum1 == fields.getInt(24) && log.sum2 == fields.getInt(28);
      if ((magic & ~1) != MAGIC || !whole || log.pageSize < 512 || log.pageSize > 65_536) {
        return "the header of ledger.db-wal was changed";
      }
      return log.frames(in);
    }
  }

  private @Nullable String frames(InputStream in) throws IOException {
    long bad = -1;
    long number = 0;
    byte[] frame = new byte[FRAME_HEADER + pageSize];
    boolean ours = false;
    int read = in.readNBytes(frame, 0, frame.length);
    while (read == frame.length) {
      number++;
      ByteBuffer fields = ByteBuffer.wrap(frame, 0, FRAME_HEADER);
      boolean first = fields.getInt(8) == salt1;
      boolean second = fields.getInt(12) == salt2;
      ours = first && second;
      if (bad < 0 && !(ours && sumsTo(frame, fields.getInt(16), fields.getInt(20)))) {
        bad = number;
      }
      // A frame of an older generation differs in both salts; in one, only where it was changed.
      if (bad > 0 && (first != second || (ours && fields.getInt(4) != 0))) {
        return changed(bad);
      }
      read = in.readNBytes(frame, 0, frame.length);
    }
    // A process that is killed leaves a part of a frame at the end, never a whole one that is
    // wrong.
    return bad == number && ours && read == 0 ? changed(bad) : null;
  }

  private static String changed(long frame) {
    return "frame "
        + frame
        + " of ledger.db-wal was changed, or a power cut ended its transaction before it was"
        + " acknowledged: the entries from there on are lost";
  }

  private boolean sumsTo(byte[] frame, int expected1, int expected2) {
    sum(frame, 8, 0);
    sum(frame, pageSize, FRAME_HEADER);
    return sum1 == expected1 && sum2 == expected2;
  }

  private void sum(byte[] bytes, int length, int offset) {
    ByteBuffer words = ByteBuffer.wrap(bytes, offset, length).order(order);
    while (words.hasRemaining()) {
      sum1 += words.getInt() + sum2;
      sum2 += words.getInt() + sum1;
    }
  }
}
