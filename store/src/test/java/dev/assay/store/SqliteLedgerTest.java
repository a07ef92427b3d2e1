package dev.assay.store;

import dev.assay.api.ledger.Ledger;
import dev.assay.store.SqliteLedger.Mode;
import dev.assay.testkit.LedgerKit;
import java.nio.file.Path;

class SqliteLedgerTest extends LedgerKit {

  @Override
  protected Ledger open(Path folder) {
    return SqliteLedger.open(folder, Mode.READ_WRITE);
  }
}
