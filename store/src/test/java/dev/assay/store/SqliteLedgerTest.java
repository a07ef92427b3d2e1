package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.Ledger;
import dev.assay.store.SqliteLedger.Mode;
import dev.assay.testkit.LedgerKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerKit {

  @Override
  protected Ledger open(Path folder) {
    return SqliteLedger.open(folder, Mode.READ_WRITE);
  }

  @Test
  void gitIgnoresItUntilSomebodyWantsOtherwise(@TempDir Path workspace) throws IOException {
    Path ignored = workspace.resolve(".assay/.gitignore");
    open(ignored.getParent()).close();
    assertThat(ignored).hasContent("*");

    Files.writeString(ignored, "artifacts\n");
    open(ignored.getParent()).close();
    assertThat(ignored).hasContent("artifacts");
  }
}
