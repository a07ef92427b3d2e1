package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.DatabaseUrl;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.Stores;
import dev.assay.testkit.PostgresServer;
import dev.assay.virtual.smsc.Behaviour;
import dev.assay.virtual.smsc.VirtualSmsc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/gateway.md for going back to a point in time, carried out. */
class RecoveryDrillTest {

  @TempDir private Path folder;
  private Path archive;
  private Rig rig;
  private final List<PostgresServer> servers = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    Assumptions.assumeTrue(
        PostgresServer.programs()
            .filter(each -> Files.exists(each.resolve("pg_basebackup")))
            .isPresent(),
        "PostgreSQL is not installed");
    rig = new Rig(folder);
    // the database's user writes here, who may be another than this one
    archive = Files.createTempDirectory(Path.of("/tmp"), "assay-archive");
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void end() throws Exception {
    if (rig != null) {
      rig.close();
      servers.forEach(PostgresServer::close);
      try (Stream<Path> files = Files.list(archive)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(archive);
    }
  }

  private static String ask(PostgresServer server, String query) {
    DatabaseUrl url = DatabaseUrl.parse(server.url());
    try (Connection connection = DriverManager.getConnection(url.jdbc(), url.credentials());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private List<String> send(int count) {
    return Stream.generate(() -> rig.send("+4917012345678", "Hello")).limit(count).toList();
  }

  private void delivered(List<String> ids) {
    for (String id : ids) {
      Rig.await(id + " is delivered", () -> rig.state(id).equals("delivered"));
    }
  }

  @Test
  void aDatabaseThatWentBackToAPointInTimeIsSoundAndGoesOnFromThere() {
    PostgresServer before =
        PostgresServer.start(
            "archive_mode=on", "archive_command='cp %p " + archive + "/%f'", "wal_level=replica");
    servers.add(before);
    VirtualSmsc smsc = rig.smsc(Behaviour.plain());
    int port = smsc.address().getPort();
    rig.store(before.url()).with("alpha", Rig.provider(port)).start();

    List<String> beforeTheBackup = send(5);
    delivered(beforeTheBackup);
    Path backup = before.backup();
    List<String> afterTheBackup = send(5);
    delivered(afterTheBackup);
    smsc.close();
    List<String> waiting = send(3);
    String point = ask(before, "SELECT clock_timestamp()");
    List<String> afterThePoint = send(4);
    rig.stop();
    String last = ask(before, "SELECT pg_walfile_name(pg_switch_wal())");
    Rig.await(
        "the last of it is archived",
        () ->
            ask(before, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")
                    .compareTo(last)
                >= 0);

    PostgresServer after =
        PostgresServer.restore(
            backup,
            "restore_command='cp " + archive + "/%f %p'",
            "\"recovery_target_time=" + point + "\"",
            "recovery_target_action=promote");
    servers.add(after);
    Rig.await("it is recovered", () -> ask(after, "SELECT pg_is_in_recovery()").equals("f"));

    try (GatewayStore store = Stores.open(after.url(), folder, true)) {
      Verification verification = Verification.of(store);
      assertThat(verification.wrong()).isEmpty();
      assertThat(verification.messages()).isEqualTo(13);
    }
    VirtualSmsc again = rig.smsc(Behaviour.plain(), port);
    rig.store(after.url()).start();
    delivered(beforeTheBackup);
    delivered(afterTheBackup);
    // accepted before the point, and not sent then
    delivered(waiting);
    assertThat(again.tally().submits()).isEqualTo(3);
    // of what was accepted after it nothing is known any more
    assertThat(afterThePoint)
        .allSatisfy(id ->
            assertThat(rig.ask("GET", "/v1/messages/" + id, null).statusCode()).isEqualTo(404));
  }
}
