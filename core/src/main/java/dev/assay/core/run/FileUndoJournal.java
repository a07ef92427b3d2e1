package dev.assay.core.run;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The undo journal of one run, on disk before what it speaks of is done. Guarded entries have a
 * watchdog, which is started with the first of them, started again when it dies, and ended when the
 * journal is closed and none is open.
 */
public final class FileUndoJournal implements UndoJournal, AutoCloseable {

  private final JournalFile file;
  private final String prefix;
  private final Clock clock;
  private final Guard guard;
  private final Set<String> guarded = new HashSet<>();
  private int next = 1;

  private FileUndoJournal(JournalFile file, String prefix, Clock clock, Guard guard) {
    this.file = file;
    this.prefix = prefix;
    this.clock = clock;
    this.guard = guard;
  }

  /**
   * Opens the journal of a workspace for one run.
   *
   * @param folder the folder .assay
   * @param run the run's id, which begins the id of every entry
   * @param watchdog the words that start a watchdog, to which {@code PID:START} of this process and
   *     the folder are added; empty where there can be none, and so no guarded entries
   */
  public static FileUndoJournal open(Path folder, String run, Clock clock, List<String> watchdog) {
    try {
      return new FileUndoJournal(JournalFile.open(folder), run, clock, new Guard(watchdog, folder));
    } catch (IOException broken) {
      throw notWritable(JournalFile.in(folder).toString(), broken);
    }
  }

  private static ProblemException notWritable(String file, IOException broken) {
    return RunProblems.NOT_WRITABLE.failure(
        Where.named(file),
        "the undo journal cannot be written: " + IoReason.of(broken),
        "make the folder writable and leave room on its disk");
  }

  @Override
  public synchronized Entry before(String kind, Map<String, String> details) {
    String id = prefix + "-" + next++;
    try {
      return new JournalEntry(id, file.append(id, kind, details, null), Duration.ZERO);
    } catch (IOException broken) {
      throw notWritable(file.toString(), broken);
    }
  }

  @Override
  public Entry guarded(String kind, Map<String, String> details, Duration lease) {
    guard.ensure();
    synchronized (this) {
      String id = prefix + "-" + next++;
      try {
        long until = clock.now().plus(lease).toEpochMilli();
        Entry entry = new JournalEntry(id, file.append(id, kind, details, until), lease);
        guarded.add(id);
        return entry;
      } catch (IOException broken) {
        throw notWritable(file.toString(), broken);
      }
    }
  }

  private synchronized void strikeOut(JournalEntry entry) {
    try {
      file.strikeOut(entry.line);
      guarded.remove(entry.id);
    } catch (IOException broken) {
      throw notWritable(file.toString(), broken);
    }
  }

  private synchronized boolean renew(JournalEntry entry) {
    try {
      if (file.struckOut(entry.line)) {
        guarded.remove(entry.id);
        return false;
      }
      boolean inTime = clock.nanos() - entry.renewed <= entry.lease.toNanos();
      if (inTime) {
        file.renew(entry.line, clock.now().plus(entry.lease).toEpochMilli());
        entry.renewed = clock.nanos();
      }
      return inTime;
    } catch (IOException broken) {
      throw notWritable(file.toString(), broken);
    }
  }

  @Override
  public void close() {
    boolean idle;
    synchronized (this) {
      idle = guarded.isEmpty();
      try {
        file.close();
      } catch (IOException ignored) {
        // every line was forced when it was written
      }
    }
    guard.close(idle);
  }

  private final class JournalEntry implements Entry {
    private final String id;
    private final JournalFile.Line line;
    private final Duration lease;
    private long renewed = clock.nanos();

    JournalEntry(String id, JournalFile.Line line, Duration lease) {
      this.id = id;
      this.line = line;
      this.lease = lease;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void done() {
      strikeOut(this);
    }

    @Override
    public boolean renew() {
      return lease.isZero() || FileUndoJournal.this.renew(this);
    }
  }
}
