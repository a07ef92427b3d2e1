package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.api.problem.ProblemException;
import dev.assay.server.database.SqliteFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot start says what is wrong and how to mend it. */
class StartTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path temporary;

  private static String refusalOf(Path folder) {
    return refusalOf(folder, InetAddress.getLoopbackAddress(), 0);
  }

  private static String refusalOf(Path folder, InetAddress listen, int port) {
    ServerOptions options = new ServerOptions(folder, listen, port, null, null);
    ProblemException[] refused = new ProblemException[1];
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> RunningServer.start(options).close())
        .satisfies(problem -> refused[0] = problem);
    return refused[0].problems().getFirst().toString();
  }

  @Test
  void aFileWhereItsFolderShouldBe() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThat(refusalOf(file))
        .contains("ASSAY-SERVER-008", file.toString(), "a file of that name");
  }

  @Test
  void accountsThatAreNoDatabase() throws Exception {
    Files.writeString(temporary.resolve(AccountDatabase.FILE), "no database at all\n".repeat(500));

    assertThat(refusalOf(temporary))
        .contains("ASSAY-SERVER-008", temporary.toString(), "not a database", "restore a backup");
  }

  @Test
  void accountsOfANewerVersion() throws Exception {
    try (var pool = new SqliteFile(temporary.resolve(AccountDatabase.FILE), true, 1, 1000).open();
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 1000000");
    }

    assertThat(refusalOf(temporary)).contains("ASSAY-SERVER-008", "a newer version of Assay");
  }

  @Test
  void accountsAreTheirOwnersOnly() throws Exception {
    Path folder = temporary.resolve("private");
    new FurnishedServer(folder).close();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(AccountDatabase.FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refusalOf(temporary, taken.getInetAddress(), taken.getLocalPort()))
          .contains("ASSAY-SERVER-010", ":" + taken.getLocalPort(), "another program", "--port");
    }
  }

  @Test
  void anAddressOfAnotherMachine() throws Exception {
    // one for documentation, RFC 5737, which no machine has
    assertThat(refusalOf(temporary, InetAddress.getByName("192.0.2.1"), 0))
        .contains("ASSAY-SERVER-010", "192.0.2.1:0", "--listen");
  }
}
