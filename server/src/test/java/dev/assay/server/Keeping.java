package dev.assay.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.value.DatabaseUrl;
import dev.assay.testkit.PostgresServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where a server keeps what it knows: tests of that run on both. */
enum Keeping {
  /** In a file of SQLite. */
  FILE,
  /** In PostgreSQL. */
  POSTGRES;

  /** One PostgreSQL for all tests of a JVM, with a database for each folder. */
  private static final class Shared {

    static final PostgresServer SERVER = started();
    static final Map<Path, DatabaseUrl> DATABASES = new ConcurrentHashMap<>();

    private static PostgresServer started() {
      PostgresServer server = PostgresServer.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }

  /** What a server of that folder is started with. */
  ServerOptions options(Path folder) {
    return new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, database(folder), null);
  }

  /** The database of a folder, empty at first; null for none. */
  @Nullable DatabaseUrl database(Path folder) {
    if (this == FILE) {
      return null;
    }
    assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
    return Shared.DATABASES.computeIfAbsent(
        folder, _ -> made(Shared.SERVER, "a" + Shared.DATABASES.size()));
  }

  /** The address as people write it. */
  static String written(@Nullable DatabaseUrl database) {
    String place = String.valueOf(database);
    String name = place.substring(place.lastIndexOf('/') + 1);
    return "postgresql://" + name + ":assay@" + place;
  }

  /** Destroys a database with all that is in it. */
  static void destroy(@Nullable DatabaseUrl database) {
    String place = String.valueOf(database);
    admin(
        Shared.SERVER,
        "DROP DATABASE " + place.substring(place.lastIndexOf('/') + 1) + " WITH (FORCE)");
  }

  private static void admin(PostgresServer server, String... commands) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres",
                "kim",
                PostgresServer.PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Makes a database of a role that policies bind. */
  static DatabaseUrl made(PostgresServer server, String name) {
    admin(
        server,
        "CREATE ROLE " + name + " LOGIN PASSWORD 'assay'",
        "CREATE DATABASE " + name + " OWNER " + name);
    return DatabaseUrl.parse(
        "postgresql://" + name + ":assay@127.0.0.1:" + server.port() + "/" + name);
  }
}
