package dev.assay.server.output;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The newest lines that one run printed. Thread-safe. */
final class RunOutput {

  /** So many lines are kept, and so many characters. */
  static final int LINES = 2_000;

  static final int CHARACTERS = 1 << 18;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<PrintedLine> lines = new ArrayDeque<>();
  private long characters;
  private long last;

  /**
   * Takes lines that follow that place. Those that are there are passed over, and a gap is left as
   * it is: what was in it is nowhere any more.
   *
   * @return the place of the last one
   */
  long take(long after, List<PrintedLine> fresh) {
    lock.lock();
    try {
      long place = after;
      for (PrintedLine line : fresh) {
        place += line.lines();
        if (place > last) {
          last = place;
          lines.addLast(line.at(place));
          characters += weight(line);
        }
      }
      while (lines.size() > LINES || characters > CHARACTERS) {
        characters -= weight(lines.removeFirst());
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  private static int weight(PrintedLine line) {
    return line.text().length() + line.source().length();
  }

  /** How many characters are kept. */
  long characters() {
    lock.lock();
    try {
      return characters;
    } finally {
      lock.unlock();
    }
  }

  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** The newest lines behind a place, at most so many, the oldest of them first. */
  List<PrintedLine> newest(long after, int most) {
    lock.lock();
    try {
      List<PrintedLine> found = new ArrayList<>();
      Iterator<PrintedLine> backwards = lines.descendingIterator();
      while (found.size() < most && backwards.hasNext()) {
        PrintedLine line = backwards.next();
        if (line.place() <= after) {
          break;
        }
        found.add(line);
      }
      return found.reversed();
    } finally {
      lock.unlock();
    }
  }

  /** The oldest lines behind a place, at most so many. */
  List<PrintedLine> oldest(long after, int most) {
    List<PrintedLine> found = newest(after, LINES);
    return found.subList(0, Math.min(most, found.size()));
  }
}
