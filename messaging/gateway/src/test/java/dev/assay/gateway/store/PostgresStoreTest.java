package dev.assay.gateway.store;

import dev.assay.api.value.DatabaseUrl;
import dev.assay.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The kit, on a real PostgreSQL where one is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest extends GatewayStoreKit {

  private PostgresServer server;

  @BeforeAll
  void start() {
    Assumptions.assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
    server = PostgresServer.start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  GatewayStore open() {
    return JdbcStore.postgresql(DatabaseUrl.parse(server.url()));
  }

  @Override
  @BeforeEach
  void begin() {
    super.begin();
  }

  @Override
  @AfterEach
  void end() {
    super.end();
    DatabaseUrl url = DatabaseUrl.parse(server.url());
    try (Connection connection = DriverManager.getConnection(url.jdbc(), url.credentials());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "TRUNCATE message, submission, orphan, callback, once, audit, heard, paper");
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }
}
