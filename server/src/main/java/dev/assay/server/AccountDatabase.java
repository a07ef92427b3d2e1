package dev.assay.server;

import dev.assay.api.value.DatabaseUrl;
import dev.assay.server.database.Migration;
import dev.assay.server.database.PostgresServerDatabase;
import dev.assay.server.database.ServerDatabase;
import dev.assay.server.database.SqliteServerDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens what the server knows beside runs: who may do what, and what was done. It changes rarely,
 * and is not part of what is proved.
 */
final class AccountDatabase {

  /** Its file, where there is no other database. */
  static final String FILE = "accounts.db";

  // In their order; a number that has been released never changes, and gaps may stay. The text is
  // that of NNN.sql, for PostgreSQL that of NNN.postgres.sql where there is one.
  private static final List<Integer> MIGRATIONS =
      List.of(1, 10, 11, 12, 13, 30, 40, 50, 60, 65, 70, 80, 81, 90, 110, 130, 140, 141, 150);

  private AccountDatabase() {}

  /**
   * Opens that of a server, and creates or migrates its tables; what the folder has is taken into
   * PostgreSQL once.
   *
   * @param folder the server's
   * @param database PostgreSQL; null for a file in the folder
   * @throws dev.assay.api.problem.ProblemException if the database cannot be used
   */
  static ServerDatabase of(Path folder, @Nullable DatabaseUrl database) {
    return database == null ? file(folder) : postgres(folder, database);
  }

  /**
   * Opens the file of a server's folder.
   *
   * @throws dev.assay.api.problem.ProblemException if it cannot be used
   */
  static SqliteServerDatabase file(Path folder) {
    try {
      Path file = Files.createDirectories(folder).resolve(FILE);
      if (Files.notExists(file)) {
        own(folder, file);
      }
      return SqliteServerDatabase.open(file, migrations());
    } catch (IOException | RuntimeException unusable) {
      throw Trouble.opening(folder, unusable);
    }
  }

  /** Secrets of webhooks are in it as they are: it is its owner's only, as is what SQLite adds. */
  private static void own(Path folder, Path file) throws IOException {
    Path fresh = Files.createTempFile(folder, ".accounts", ".part");
    try {
      Files.move(fresh, file);
    } catch (FileAlreadyExistsException other) {
      Files.delete(fresh); // another process was faster
    }
  }

  private static ServerDatabase postgres(Path folder, DatabaseUrl url) {
    PostgresServerDatabase database = PostgresServerDatabase.open(url, migrations());
    try {
      AccountsMove.from(folder, database);
      return database;
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  /** All of them, in their order. */
  static List<Migration> migrations() {
    return MIGRATIONS.stream()
        .map(number ->
            Migration.of(number, text(number, "%03d.sql"), text(number, "%03d.postgres.sql")))
        .toList();
  }

  private static @Nullable String text(int number, String form) {
    String name = "accounts/" + String.format(Locale.ROOT, form, number);
    try (InputStream sql = AccountDatabase.class.getResourceAsStream(name)) {
      return sql == null ? null : new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
