package dev.assay.gateway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Records that are on the disk one after another before anybody goes on: the cheapest way to be
 * durable, as only what is new is written, once, to files whose room is there already. Two files
 * take turns; one is written over as soon as nobody needs its records any more. A record is its
 * length, its number, the CRC-32C of number and content, and its content; a file begins with eight
 * letters and the number of its store. What follows the last whole record of a file with the next
 * number is torn, or of an earlier turn. One thread appends; {@link #release} may be called by any.
 */
final class CommitLog implements AutoCloseable {

  /** How long a file is before the other one's turn comes. */
  static final int TURN = 32 * 1024 * 1024;

  private static final int GROWTH = 4 * 1024 * 1024;
  private static final int BEGIN = 16;
  private static final int HEAD = 16;
  private static final long MAGIC = 0x41737361794C6F67L; // "AssayLog"

  /** A record that was read. */
  record Entry(long number, byte[] content) {}

  private static final class Half {
    final Path path;
    final FileChannel channel;
    long position = BEGIN;
    long room;
    long last;

    Half(Path path, FileChannel channel) throws IOException {
      this.path = path;
      this.channel = channel;
      this.room = channel.size();
    }
  }

  private final List<Half> halves;
  private final int turn;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
  private Half current;
  private long number;
  private volatile long released;

  private CommitLog(List<Half> halves, long number, int turn) {
    this.halves = halves;
    this.current = halves.getFirst();
    this.number = number;
    this.released = number;
    this.turn = turn;
  }

  private static List<Path> files(Path store) {
    String name = String.valueOf(store.getFileName());
    return List.of(store.resolveSibling(name + ".log1"), store.resolveSibling(name + ".log2"));
  }

  /**
   * Reads what follows a record.
   *
   * @param store the file that the log belongs to
   * @param identity of the store
   * @param after the number of that record
   * @return in their order, without a gap
   * @throws IOException if it cannot be read, or does not continue the store
   */
  static List<Entry> read(Path store, long identity, long after) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files(store)) {
      if (Files.exists(file)) {
        read(file, identity, after, entries);
      }
    }
    entries.sort(Comparator.comparingLong(Entry::number));
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).number() != after + 1 + i) {
        throw new IOException(
            "its log goes on with record "
                + entries.get(i).number()
                + ", and the file ends with "
                + (after + i)
                + ": they are of different times");
      }
    }
    return entries;
  }

  private static void read(Path file, long identity, long after, List<Entry> to)
      throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    if (all.remaining() < BEGIN || all.getLong() != MAGIC) {
      return; // nothing was ever written to it
    }
    boolean ours = all.getLong() == identity;
    CRC32C crc = new CRC32C();
    long expected = -1;
    while (all.remaining() >= HEAD) {
      int length = all.getInt();
      long number = all.getLong();
      int sum = all.getInt();
      if (length <= 0
          || length > all.remaining()
          || number <= 0
          || expected >= 0 && number != expected) {
        return;
      }
      byte[] content = new byte[length];
      all.get(content);
      if (sum(crc, number, content, length) != sum) {
        return;
      }
      if (!ours) {
        throw new IOException(file.getFileName() + " is the log of another store");
      }
      if (number > after) {
        to.add(new Entry(number, content));
      }
      expected = number + 1;
    }
  }

  private static int sum(CRC32C crc, long number, byte[] content, int length) {
    crc.reset();
    for (int shift = 56; shift >= 0; shift -= 8) {
      crc.update((int) (number >>> shift) & 0xFF);
    }
    crc.update(content, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Begins to write. What the files hold is not needed any more.
   *
   * @param number of the last record
   * @param turn how long a file is before the other's turn comes
   */
  static CommitLog open(Path store, long identity, long number, int turn) throws IOException {
    List<Half> halves = new ArrayList<>();
    for (Path file : files(store)) {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Half half = new Half(file, channel);
      halves.add(half);
      ByteBuffer begin = ByteBuffer.allocate(BEGIN).putLong(MAGIC).putLong(identity).flip();
      write(channel, begin, 0);
      half.room = Math.max(half.room, BEGIN);
      channel.force(true);
    }
    return new CommitLog(halves, number, turn);
  }

  private static void write(FileChannel channel, ByteBuffer from, long at) throws IOException {
    long position = at;
    while (from.hasRemaining()) {
      position += channel.write(from, position);
    }
  }

  /**
   * Makes a record durable; returns its number when it is on the disk.
   *
   * @throws IOException if it cannot; then nothing more may be appended
   */
  long append(byte[] content, int length) throws IOException {
    int whole = HEAD + length;
    if (current.position + whole > turn) {
      change();
    }
    if (current.position + whole > current.room) {
      grow(current, current.position + whole);
    }
    if (buffer.capacity() < whole) {
      buffer = ByteBuffer.allocateDirect(Math.max(whole, buffer.capacity() * 2));
    }
    number++;
    buffer.clear();
    buffer.putInt(length).putLong(number).putInt(sum(crc, number, content, length));
    buffer.put(content, 0, length).flip();
    write(current.channel, buffer, current.position);
    current.channel.force(false);
    current.position += whole;
    current.last = number;
    return number;
  }

  /** The other file, if nobody needs its records any more; else this one grows on. */
  private void change() {
    for (Half each : halves) {
      if (!each.equals(current) && each.last <= released) {
        current = each;
        current.position = BEGIN;
        return;
      }
    }
  }

  /** Zeros are written, as a file with a hole would need its map on the disk at each commit. */
  private static void grow(Half half, long least) throws IOException {
    long to = Math.max(least, half.room + GROWTH);
    ByteBuffer zeros = ByteBuffer.allocate(64 * 1024);
    for (long at = half.room; at < to; at += zeros.capacity()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
      write(half.channel, zeros, at);
    }
    half.channel.force(true);
    half.room = to;
  }

  /** Nobody needs this record any more, nor those before it. */
  void release(long upTo) {
    released = upTo;
  }

  /** Closes the files, and removes them, as nobody needs any record of theirs. */
  void remove() throws IOException {
    close();
    for (Half each : halves) {
      Files.deleteIfExists(each.path);
    }
  }

  @Override
  public void close() throws IOException {
    for (Half each : halves) {
      each.channel.close();
    }
  }
}
