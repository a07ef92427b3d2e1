package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.store.AppendQueue.Pending;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: takes all entries that wait, writes them in one transaction, and only when that
 * is on the disk completes their receipts. The more callers wait, the more share one
 * synchronisation of the disk. After a failure nothing is written any more.
 */
final class GroupCommit implements Runnable {

  private final AppendQueue queue;
  private final LedgerDatabase database;
  private final Writers writers;
  private volatile @Nullable Problem failure;

  /** Opens what writes, on the thread that will. */
  interface Writers {
    BatchWriter open() throws SQLException;
  }

  GroupCommit(AppendQueue queue, LedgerDatabase database, Writers writers) {
    this.queue = queue;
    this.database = database;
    this.writers = writers;
  }

  /** Why it stopped writing, or null where all was well. */
  @Nullable Problem failure() {
    return failure;
  }

  @Override
  public void run() {
    List<Pending> batch = List.of();
    try (BatchWriter writer = writers.open()) {
      batch = queue.take();
      while (!batch.isEmpty()) {
        writer.write(batch).forEach(Runnable::run);
        batch = queue.take();
      }
    } catch (SQLException failed) {
      fail(database.problem(failed), batch);
    } catch (ProblemException failed) {
      fail(failed.problems().getFirst(), batch);
    } catch (RuntimeException | Error failed) {
      fail(
          StoreProblems.WRITE_FAILED
              .at(database.where(), "the writer failed: " + failed, "repeat or resume the run")
              .causedBy(failed),
          batch);
    }
  }

  private void fail(Problem problem, List<Pending> batch) {
    failure = problem;
    queue.refuse(problem);
    List<Pending> left = batch;
    while (!left.isEmpty()) {
      left.forEach(
          pending -> pending.receipt().completeExceptionally(new ProblemException(problem)));
      left = queue.take();
    }
  }
}
