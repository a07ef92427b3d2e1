package dev.assay.store;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.Where;
import java.sql.SQLException;

/** What differs between databases that keep a ledger. Immutable. */
interface LedgerDatabase {

  /** Whose ledger it is. */
  String tenant();

  /** Where it is, for people. */
  Where where();

  /** What a failure of it means. */
  Problem problem(SQLException failure);

  /** The expression that says where in a column bytes stand; above 0 where they do. */
  String position(String column);

  /** The table of entries, where the one with the highest number is wanted. */
  String entriesByNumber();
}
