package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import java.sql.SQLException;

/**
 * The database of a ledger in a folder, which has one tenant.
 *
 * @param files the folder's
 */
record SqliteDatabase(LedgerFiles files) implements LedgerDatabase {

  @Override
  public String tenant() {
    return SqliteLedger.TENANT;
  }

  @Override
  public Where where() {
    return files.where();
  }

  @Override
  public Problem problem(SQLException failure) {
    return Failures.of(failure, files);
  }

  @Override
  public String position(String column) {
    return "instr(" + column + ", ?)";
  }
}
