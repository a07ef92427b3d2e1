package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the watchdog undoes what, watching a real process by a clock that is set. */
class WatchdogTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final List<String> undone = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicBoolean locked = new AtomicBoolean();
  private final AtomicBoolean refusing = new AtomicBoolean();

  @SuppressWarnings("NullAway.Init") // see begin
  private Process run;

  @SuppressWarnings("NullAway.Init") // see begin
  private JournalFile journal;

  @SuppressWarnings("NullAway.Init") // see begin
  private Thread watching;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant now() {
          return now.get();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  private final UndoAction action =
      new UndoAction() {
        @Override
        public String kind() {
          return "test";
        }

        @Override
        public Optional<String> undo(String id, Map<String, String> details) throws IOException {
          if (refusing.get()) {
            throw new IOException("not yet");
          }
          undone.add(id);
          return Optional.of("mended " + id);
        }
      };

  @BeforeEach
  void begin() throws IOException {
    run = new ProcessBuilder("sleep", "100").start();
    journal = JournalFile.open(folder);
    ProcessIdentity identity = ProcessIdentity.parse(run.pid() + ":" + start(run.pid()));
    Watchdog watchdog =
        new Watchdog(
            folder,
            identity,
            clock,
            List.of(action),
            () -> locked.get() ? Optional.empty() : Optional.of(() -> {}),
            said::add);
    watching = Thread.ofPlatform().start(watchdog::watch);
  }

  private static long start(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[19]);
  }

  @AfterEach
  void end() throws Exception {
    run.destroyForcibly();
    refusing.set(false);
    locked.set(false);
    watching.join(30_000);
    assertThat(watching.isAlive()).as("the watchdog still watches").isFalse();
    journal.close();
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the time waited").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private JournalFile.Line leased(String id, int seconds) throws IOException {
    return journal.append(id, "test", Map.of(), BEGIN.plusSeconds(seconds).toEpochMilli());
  }

  @Test
  void anEntryWhoseLeaseHasExpiredIsUndoneAndStruckOut() throws IOException {
    journal.append("unleased", "test", Map.of(), null);
    JournalFile.Line first = leased("first", 10);
    JournalFile.Line second = leased("second", 30);

    now.set(BEGIN.plusSeconds(11));
    until(() -> undone.contains("first"));
    until(() -> struckOut(first));

    assertThat(struckOut(second)).isFalse();
    assertThat(undone).containsExactly("first");
    assertThat(said).containsExactly("mended first because the run hangs");
  }

  private boolean struckOut(JournalFile.Line line) {
    try {
      return journal.struckOut(line);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void aRenewedLeaseIsLeftAlone() throws IOException {
    JournalFile.Line line = leased("first", 10);
    JournalFile.Line other = leased("other", 10);
    journal.renew(line, BEGIN.plusSeconds(100).toEpochMilli());

    now.set(BEGIN.plusSeconds(50));
    until(() -> struckOut(other));

    assertThat(undone).containsExactly("other");
  }

  @Test
  void whatCannotBeUndoneIsTriedAgain() throws IOException {
    refusing.set(true);
    JournalFile.Line line = leased("first", 10);
    now.set(BEGIN.plusSeconds(11));
    until(() -> !said.isEmpty());
    assertThat(struckOut(line)).isFalse();

    refusing.set(false);

    until(() -> struckOut(line));
    assertThat(said).hasSize(2);
  }

  @Test
  void aPersonCanHaveAllFaultsUndoneAtOnce() throws IOException {
    journal.append("unleased", "test", Map.of(), null);
    JournalFile.Line line = leased("first", 1000);

    Files.createFile(folder.resolve(Watchdog.ABORT));

    until(() -> struckOut(line));
    assertThat(undone).containsExactly("first");
  }

  @Test
  void theDeathOfTheRunHasEverythingUndoneTheNewestFirst() throws Exception {
    journal.append("service", "test", Map.of(), null);
    leased("first", 1000);
    leased("second", 1000);

    run.destroyForcibly();
    watching.join(30_000);

    assertThat(undone).containsExactly("second", "first", "service");
    assertThat(Files.size(JournalFile.in(folder))).as("bytes in the journal").isZero();
  }

  @Test
  void whoeverHasTheLockMendsInItsPlace() throws Exception {
    locked.set(true);
    leased("first", 1000);

    run.destroyForcibly();
    run.waitFor();
    LockSupport.parkNanos(300_000_000);
    assertThat(undone).isEmpty();
    Files.write(JournalFile.in(folder), new byte[0]); // as the next run's mender does

    watching.join(30_000);
    assertThat(undone).isEmpty();
  }
}
