package dev.assay.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * How a file of SQLite is opened. What is deleted from it is overwritten: whoever was forgotten is
 * in no free page, either. Immutable.
 *
 * @param file which
 * @param truth whether it must survive a power cut; what can be made anew need not
 * @param connections how many at most
 * @param patienceMillis how long a lock is waited for
 */
public record SqliteFile(Path file, boolean truth, int connections, int patienceMillis) {

  /** Opens it; it is made where it is missing. Whoever opens it closes it. */
  public HikariDataSource open() {
    SQLiteConfig settings = new SQLiteConfig();
    settings.enforceForeignKeys(true);
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setBusyTimeout(patienceMillis);
    settings.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    settings.setSynchronous(
        truth ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.OFF);
    if (truth) {
      // what a transaction read still holds when it writes
      settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(truth ? 1 : 0);
    config.setPoolName("assay-" + file.getFileName());
    return new HikariDataSource(config);
  }
}
