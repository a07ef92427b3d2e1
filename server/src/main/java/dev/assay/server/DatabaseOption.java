package dev.assay.server;

import dev.assay.api.value.DatabaseUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server's database is, for commands that need it. */
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class DatabaseOption {

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "PostgreSQL for all that is no file, postgresql://USER@HOST/DATABASE, else that of"
              + " ASSAY_DATABASE; else SQLite in the folder.")
  private @Nullable String database;

  /**
   * The database; null for files in the folder.
   *
   * @throws IllegalArgumentException with a sentence for people, if it is no address
   */
  @Nullable DatabaseUrl url() {
    String url = database == null ? System.getenv("ASSAY_DATABASE") : database;
    return url == null ? null : DatabaseUrl.parse(url);
  }
}
