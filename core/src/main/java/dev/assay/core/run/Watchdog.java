package dev.assay.core.run;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.UndoAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what a run broke when the run cannot: when it died, when it hangs and so no longer renews
 * the lease of an entry, and when a person asks for it. Runs in a process of its own, looks ten
 * times a second, and ends when the run has died and nothing is left to undo, or somebody else has
 * taken over. For one thread.
 */
public final class Watchdog {

  /** The file in the folder .assay that asks to undo all guarded entries now. */
  public static final String ABORT = "undo.abort";

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** How long it tries after the run's death; then the next run does. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final ProcessIdentity run;
  private final Clock clock;
  private final List<UndoAction> actions;
  private final Supplier<Optional<AutoCloseable>> lock;
  private final Consumer<String> say;
  private final Map<String, Long> failed = new HashMap<>();

  /**
   * A watchdog.
   *
   * @param folder the folder .assay
   * @param run the process that may die
   * @param actions how capabilities undo
   * @param lock takes the workspace's lock, where nobody else has it
   * @param say hears what was undone, and what could not be
   */
  public Watchdog(
      Path folder,
      ProcessIdentity run,
      Clock clock,
      List<UndoAction> actions,
      Supplier<Optional<AutoCloseable>> lock,
      Consumer<String> say) {
    this.folder = folder;
    this.run = run;
    this.clock = clock;
    this.actions = List.copyOf(actions);
    this.lock = lock;
    this.say = say;
  }

  /** Watches until there is nothing left to watch. */
  public void watch() {
    while (run.lives()) {
      undoExpired();
      LockSupport.parkNanos(LOOK.toNanos());
    }
    long deadline = clock.nanos() + PATIENCE.toNanos();
    while (!mended() && clock.nanos() < deadline) {
      LockSupport.parkNanos(AGAIN.toNanos());
    }
  }

  private void undoExpired() {
    boolean abort = Files.exists(folder.resolve(ABORT));
    for (JournalFile.Open open : open()) {
      Long lease = open.lease();
      boolean expired = lease != null && (abort || lease < clock.now().toEpochMilli());
      if (expired && due(open.id())) {
        undo(open, abort ? "on request" : "because the run hangs");
      }
    }
  }

  private List<JournalFile.Open> open() {
    try {
      return JournalFile.read(folder).open();
    } catch (IOException unreadable) {
      return List.of(); // looked at again at once
    }
  }

  private boolean due(String id) {
    Long last = failed.get(id);
    return last == null || clock.nanos() - last > AGAIN.toNanos();
  }

  private void undo(JournalFile.Open open, String why) {
    Mender.Result result = new Mender(folder, clock, actions).undo(open);
    result.mended().forEach(line -> say.accept(line + " " + why));
    if (!result.problems().isEmpty()) {
      tell(open.id(), result.problems());
      return;
    }
    try (JournalFile journal = JournalFile.open(folder)) {
      journal.strikeOut(open.line());
      failed.remove(open.id());
    } catch (IOException broken) {
      failed.put(open.id(), clock.nanos()); // undone again then, which does nothing
    }
  }

  private void tell(@Nullable String id, List<Problem> problems) {
    if (id != null && failed.put(id, clock.nanos()) == null) {
      problems.forEach(problem -> say.accept(problem.toString()));
    }
  }

  /** Undoes what the dead run left; whether nobody needs to any more. */
  private boolean mended() {
    if (open().isEmpty()) {
      return true;
    }
    Optional<AutoCloseable> held = lock.get();
    if (held.isEmpty()) {
      return false; // the next run, which undoes first, or has done so
    }
    try (AutoCloseable _ = held.get()) {
      Mender.Result result = new Mender(folder, clock, actions).mend();
      result.mended().forEach(line -> say.accept(line + " because the run died"));
      tell("", result.problems());
      return result.problems().isEmpty();
    } catch (Exception refused) {
      return false;
    }
  }
}
