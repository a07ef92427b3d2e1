package dev.assay.store;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time into a workspace, by the operating system's lock on {@code .assay/lock}.
 * It vanishes with the process that holds it, however that ends. The file's text says who holds it,
 * for people; only the lock itself counts.
 */
public final class WorkspaceLock implements AutoCloseable {

  /** What a watchdog says of itself: it mends what a dead run left, which takes a moment. */
  public static final String WATCHDOG = "watchdog";

  /** How those say it who take it for a check at a time, and whom a run waits for. */
  public static final String MONITOR = "monitor";

  private static final long BETWEEN_LOOKS = 50_000_000;
  private static final int LOOKS_FOR_WATCHDOG = 200;
  private static final int LOOKS_FOR_MONITOR = 1_200;

  /** Far behind the text, because on Windows nobody can read the bytes that are locked. */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final int LONGEST = 4096;
  private static final Pattern PID = Pattern.compile("pid (\\d{1,18})(?:, ([^\\n]*))?");

  /**
   * The locks that this process holds. The operating system's locks belong to the whole process,
   * and POSIX drops them when any channel to the file is closed, so the file must not even be
   * opened again: only a set that belongs to the whole process, too, can know.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private WorkspaceLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock. It waits for a watchdog, which mends what a dead run left and then goes, 10
   * seconds at most, and for the check that a monitor carries out, a minute at most; for nobody
   * else. A monitor does not wait for another.
   *
   * @param folder the folder {@code .assay} of a workspace; created where it is missing
   * @param holder what to say of the holder beside its process id, such as the run's id; one line
   * @throws ProblemException if another run holds it, naming its process id; or if the folder
   *     cannot be written
   */
  public static WorkspaceLock acquire(Path folder, String holder) {
    LedgerFiles files = new LedgerFiles(folder);
    try {
      Durable.createFolder(folder);
      Path file = new LedgerFiles(folder.toRealPath()).lock();
      if (!HELD.add(file)) {
        throw inUse(file, "pid " + ProcessHandle.current().pid() + ", this process");
      }
      WorkspaceLock taken = null;
      try {
        taken = take(file, holder);
        return taken;
      } finally {
        if (taken == null) {
          HELD.remove(file);
        }
      }
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, files.lock()));
    }
  }

  private static WorkspaceLock take(Path file, String holder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = lock(file, channel, holder);
      String line = holder.lines().findFirst().orElse("");
      String text = "pid " + ProcessHandle.current().pid() + ", " + line;
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, LONGEST)), 0);
      return new WorkspaceLock(file, channel, lock);
    } catch (IOException | RuntimeException refused) {
      channel.close();
      throw refused;
    }
  }

  private static FileLock lock(Path file, FileChannel channel, String wanting) throws IOException {
    for (int looks = 0; ; looks++) {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock != null) {
        return lock;
      }
      String holder = text(file);
      if (looks >= patience(holder, wanting)) {
        throw inUse(file, holder);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }

  private static int patience(String holder, String wanting) {
    if (holder.endsWith(", " + WATCHDOG)) {
      return LOOKS_FOR_WATCHDOG;
    }
    boolean monitor = holder.contains(", " + MONITOR) && !wanting.startsWith(MONITOR);
    return monitor ? LOOKS_FOR_MONITOR : 0;
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
    }
  }

  private static ProblemException inUse(Path file, String text) {
    Matcher matcher = PID.matcher(text);
    // Between taking the lock and saying so, the holder has no name yet.
    boolean known = matcher.lookingAt();
    String pid = known ? matcher.group(1) : null;
    @Nullable String about = known ? matcher.group(2) : null;
    String more = about == null || about.isBlank() ? "" : " (" + about.strip() + ")";
    return StoreProblems.IN_USE.failure(
        Where.named(file.toString()),
        pid == null
            ? "another run is just starting in this folder"
            : "process " + pid + more + " is at work in this folder",
        "wait for it, or stop it" + (pid == null ? "" : ": kill " + pid));
  }

  /** Lets the next run in. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.truncate(0);
      lock.release();
      channel.close();
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, file));
    } finally {
      HELD.remove(file);
    }
  }
}
