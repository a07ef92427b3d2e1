package dev.assay.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Finding;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.api.value.Template;
import dev.assay.testkit.PostgresServer;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/** Counting the statements of a real PostgreSQL. */
@Timeout(120)
class SqlWatchTest {

  @TempDir private Path folder = Path.of("");
  private final RecordingSink sink = new RecordingSink("check");

  private static PostgresServer server(String... settings) {
    assumeTrue(
        PostgresServer.programs().isPresent(), "PostgreSQL is not installed on this machine");
    return PostgresServer.start(settings);
  }

  private static Connection connect(PostgresServer server) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "kim");
    properties.setProperty("password", PostgresServer.PASSWORD);
    return new Driver()
        .connect("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", properties);
  }

  private interface Work {
    void on(Statement statement) throws SQLException;
  }

  private void watch(String url, Work work, Statement statement) throws SQLException {
    ProfileConfiguration own =
        new ProfileConfiguration(
            true, List.of(), Duration.ofMillis(20), Template.parse("${secret.db}"), Place.NONE);
    TestContext context = new TestContext(folder, folder, null).with("secret.db", url);
    try (ServiceObserver.Watch _ = new ProfileObserver().watch(context, List.of(), own, sink)) {
      work.on(statement);
    }
  }

  @Test
  void statementsOfTheCheckAloneAreCountedByTheirNormalForm() throws SQLException {
    try (PostgresServer server = server("shared_preload_libraries=pg_stat_statements");
        Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION pg_stat_statements");
      statement.execute("CREATE TABLE orders (id int, product text)");
      for (int i = 0; i < 7; i++) {
        statement.execute("SELECT count(*) FROM orders WHERE id = " + i);
      }

      watch(
          server.url(),
          during -> {
            for (int i = 0; i < 30; i++) {
              during.execute("SELECT count(*) FROM orders WHERE id = " + i);
            }
            during.execute("INSERT INTO orders SELECT n, 'tea' FROM generate_series(1, 5000) n");
          },
          statement);
    }

    assertThat(sink.sum("sql.calls")).isEqualTo(31);
    assertThat(sink.sum("sql.time")).isPositive();
    assertThat(sink.of(Finding.class)).isEmpty();
    assertThat(sink.of(Artifact.class))
        .singleElement()
        .satisfies(table -> assertThat(table.mediaType()).isEqualTo(Artifact.TABLE));
    List<String> rows =
        new String(sink.content("profile/database/SQL statements.tsv"), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(rows.getFirst()).startsWith("statement\tcalls [none]\tmean [ns]\ttotal [ns]");
    assertThat(rows)
        .anySatisfy(
            row -> assertThat(row).startsWith("SELECT count(*) FROM orders WHERE id = $1\t30\t"))
        .anySatisfy(row -> assertThat(row.split("\t")[4]).isEqualTo("5000"))
        .noneMatch(row -> row.contains("pg_stat_statements"));
  }

  @Test
  void aDatabaseWithoutTheExtensionIsSaidToBeOneWithTheMendAndWithoutAnySecret()
      throws SQLException {
    try (PostgresServer server = server();
        Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      watch(server.url(), during -> {}, statement);
      statement.execute("CREATE EXTENSION pg_stat_statements");
      watch(server.url(), during -> {}, statement);
    }

    assertThat(sink.of(Finding.class))
        .extracting(Finding::message)
        .satisfiesExactly(
            missing ->
                assertThat(missing)
                    .contains("has no extension")
                    .contains("CREATE EXTENSION pg_stat_statements"),
            notLoaded ->
                assertThat(notLoaded)
                    .contains("has not loaded")
                    .contains("shared_preload_libraries = 'pg_stat_statements'"));
    assertThat(sink.all().toString()).doesNotContain("s3cret").doesNotContain("kim");
  }

  @Test
  void aWrongPasswordAndANoAddressAreSaidWithoutThem() throws SQLException {
    try (PostgresServer server = server();
        Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      watch(server.url().replace("s3cret", "wr0ng"), during -> {}, statement);
      watch("postgresql://kim:s3cret@127.0.0.1:1/shop", during -> {}, statement);
      watch("mysql://kim:s3cret@127.0.0.1/shop", during -> {}, statement);
    }

    assertThat(sink.of(Finding.class))
        .extracting(Finding::message)
        .satisfiesExactly(
            refused -> assertThat(refused).contains("refused the user"),
            nobody -> assertThat(nobody).contains("127.0.0.1:1/shop could not be asked"),
            other -> assertThat(other).contains("not of the form postgresql://"));
    assertThat(sink.all().toString()).doesNotContain("wr0ng").doesNotContain("s3cret");
  }
}
