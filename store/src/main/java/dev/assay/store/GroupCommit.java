package dev.assay.store;

import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.store.AppendQueue.Pending;
import dev.assay.store.LedgerReader.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: takes all entries that wait, writes them in one transaction, and only when that
 * is on the disk completes their receipts. The more callers wait, the more share one
 * synchronisation of the disk. After a failure nothing is written any more.
 */
final class GroupCommit implements Runnable {

  private static final HexFormat HEX = HexFormat.of();

  private final AppendQueue queue;
  private final Connection connection;
  private final LedgerFiles files;
  private final LedgerReader reader;
  private final Chain chain = new Chain();
  private volatile @Nullable Problem failure;

  GroupCommit(AppendQueue queue, Connection connection, LedgerFiles files) {
    this.queue = queue;
    this.connection = connection;
    this.files = files;
    this.reader = new LedgerReader(connection, files);
  }

  /** Why it stopped writing, or null where all was well. */
  @Nullable Problem failure() {
    return failure;
  }

  @Override
  public void run() {
    List<Pending> batch = List.of();
    try (BatchRuns runs = new BatchRuns(connection, SqliteLedger.TENANT);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO entry (tenant, sequence, run, body, hash) VALUES (?, ?, ?, ?, ?)")) {
      batch = queue.take();
      while (!batch.isEmpty()) {
        write(batch, runs, insert).forEach(Runnable::run);
        batch = queue.take();
      }
    } catch (SQLException failed) {
      fail(Failures.of(failed, files), batch);
    } catch (ProblemException failed) {
      fail(failed.problems().getFirst(), batch);
    } catch (RuntimeException | Error failed) {
      fail(
          StoreProblems.WRITE_FAILED
              .at(files.where(), "the writer failed: " + failed, "repeat or resume the run")
              .causedBy(failed),
          batch);
    }
  }

  /** Writes a batch durably; gives what then tells its callers. */
  private List<Runnable> write(List<Pending> batch, BatchRuns runs, PreparedStatement insert)
      throws SQLException {
    List<Runnable> answers = new ArrayList<>(batch.size());
    Sqlite.atomically(
        connection,
        () -> {
          runs.begin();
          // Read anew each time: it costs a look-up, and makes a second writer harmless.
          Head head = reader.head();
          for (Pending pending : batch) {
            long sequence = head.sequence() + 1;
            String wrong = runs.add(pending.run(), pending.entry(), sequence);
            if (wrong != null) {
              answers.add(() -> refuse(pending, wrong));
              continue;
            }
            byte[] hash =
                chain.next(
                    head.hash(), sequence, SqliteLedger.TENANT, pending.run(), pending.body());
            insert.setString(1, SqliteLedger.TENANT);
            insert.setLong(2, sequence);
            insert.setString(3, pending.run());
            insert.setBytes(4, pending.body());
            insert.setBytes(5, hash);
            insert.executeUpdate();
            head = new Head(sequence, hash);
            Receipt receipt = new Receipt(sequence, HEX.formatHex(hash));
            answers.add(() -> pending.receipt().complete(receipt));
          }
          runs.flush();
        });
    return answers;
  }

  private void refuse(Pending pending, String wrong) {
    pending
        .receipt()
        .completeExceptionally(
            StoreProblems.OUT_OF_PLACE.failure(
                files.where(),
                wrong + ", and now came its " + pending.entry().getClass().getSimpleName(),
                "report this with the steps that led to it"));
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
