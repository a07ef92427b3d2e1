package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkspaceLockTest {

  @TempDir Path scratch;

  @Test
  void aSecondRunOfTheSameProcessIsRefusedUntilTheFirstLetsGo() {
    Path folder = scratch.resolve(".assay");
    WorkspaceLock first = WorkspaceLock.acquire(folder, "run r1");
    Problem problem = Ledgers.problem(() -> WorkspaceLock.acquire(folder, "run r2"));
    assertThat(problem.type()).isEqualTo(StoreProblems.IN_USE);
    assertThat(problem.what()).contains("process " + ProcessHandle.current().pid());
    first.close();
    first.close();
    WorkspaceLock.acquire(folder, "run r3").close();
  }

  @Test
  void theSameFolderByAnotherNameIsTheSameLock() throws Exception {
    Path folder = Files.createDirectories(scratch.resolve("real"));
    Path link = Files.createSymbolicLink(scratch.resolve("link"), folder);
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "run r1")) {
      assertThat(Ledgers.problem(() -> WorkspaceLock.acquire(link, "run r2")).type())
          .isEqualTo(StoreProblems.IN_USE);
    }
  }

  @Test
  void aRunInAnotherProcessIsNamedAndItsLockVanishesWhenItIsKilled() throws Exception {
    Path folder = scratch.resolve(".assay");
    Process other = Children.start(scratch, LockHolder.class, List.of(folder.toString()));
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("held");
      Problem problem = Ledgers.problem(() -> WorkspaceLock.acquire(folder, "run r2"));
      assertThat(problem.kind()).isEqualTo(ProblemKind.ENVIRONMENT);
      assertThat(problem.what()).contains("process " + other.pid() + " (run of the other)");
      assertThat(problem.mend()).contains("wait for it, or stop it").contains("" + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    WorkspaceLock.acquire(folder, "run r3").close();
  }

  @ParameterizedTest
  @ValueSource(strings = {WorkspaceLock.WATCHDOG, WorkspaceLock.MONITOR + " front"})
  void aRunWaitsForTheWatchdogAndForTheCheckOfAMonitor(String holder) throws Exception {
    Path folder = scratch.resolve(".assay");
    Process before = Children.start(scratch, LockHolder.class, List.of(folder.toString(), holder));
    try (BufferedReader out = before.inputReader()) {
      assertThat(out.readLine()).isEqualTo("held");
      CompletableFuture<WorkspaceLock> next =
          CompletableFuture.supplyAsync(() -> WorkspaceLock.acquire(folder, "run r2"));
      assertThatThrownBy(() -> next.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      before.destroyForcibly().waitFor();
      next.get(30, TimeUnit.SECONDS).close();
    } finally {
      before.destroyForcibly().waitFor();
    }
  }

  @Test
  void aMonitorDoesNotWaitForAnother() throws Exception {
    Path folder = scratch.resolve(".assay");
    Process other =
        Children.start(
            scratch, LockHolder.class, List.of(folder.toString(), WorkspaceLock.MONITOR + " a"));
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("held");
      assertThat(Ledgers.problem(() -> WorkspaceLock.acquire(folder, "monitor b")).type())
          .isEqualTo(StoreProblems.IN_USE);
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aRefusedSecondRunOfThisProcessDoesNotFreeTheLockForOthers() throws Exception {
    Path folder = scratch.resolve(".assay");
    try (WorkspaceLock _ = WorkspaceLock.acquire(folder, "run r1")) {
      Ledgers.problem(() -> WorkspaceLock.acquire(folder, "run r2"));
      Process other = Children.start(scratch, LockHolder.class, List.of(folder.toString()));
      try (BufferedReader out = other.inputReader()) {
        assertThat(out.readLine())
            .startsWith("ASSAY-STORE-005")
            .contains("process " + ProcessHandle.current().pid() + " (run r1)");
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  /** Holds the lock until it is killed. */
  static final class LockHolder {
    public static void main(String[] arguments) throws Exception {
      String holder = arguments.length > 1 ? arguments[1] : "run of the other";
      try (WorkspaceLock _ = WorkspaceLock.acquire(Path.of(arguments[0]), holder)) {
        System.out.println("held");
        System.in.read();
      } catch (dev.assay.api.problem.ProblemException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }
}
