package dev.assay.gateway.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The kit, on a file. */
class SqliteStoreTest extends GatewayStoreKit {

  @TempDir private Path folder;

  @Override
  GatewayStore open() {
    return JdbcStore.sqlite(folder.resolve("gateway.db"));
  }
}
