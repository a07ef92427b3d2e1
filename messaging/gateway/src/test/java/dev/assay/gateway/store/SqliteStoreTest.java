package dev.assay.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.gateway.State;
import dev.assay.gateway.store.Batch.Change;
import dev.assay.gateway.store.Batch.Submission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit, on a file; and what only a file has: a log before it. */
class SqliteStoreTest extends GatewayStoreKit {

  @TempDir private Path folder;
  @TempDir private Path other;

  @Override
  GatewayStore open() {
    return Stores.sqlite(folder.resolve("gateway.db"));
  }

  private static Batch batch(int number) {
    Batch batch = new Batch();
    batch.add(message(id(number), State.ROUTED, 2));
    batch.add(new StoredEvent(id(number), 0, State.ACCEPTED, TIME, "", ""));
    batch.add(new StoredEvent(id(number), 1, State.ROUTED, TIME, "alpha", "in\tdoubt\n"));
    return batch;
  }

  /** As a process leaves it that is killed at this moment. */
  private void crash(Path to) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> !file.toString().endsWith(".lock"))
          .forEach(file -> {
            try {
              Files.copy(file, to.resolve(file.getFileName()));
            } catch (IOException broken) {
              throw new UncheckedIOException(broken);
            }
          });
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void whatIsOnlyInTheLogIsBroughtInByTheNextOneToOpenIt() {
    try (GatewayStore store = Stores.sqlite(other.resolve("empty.db"))) {
      assertThat(store.lastMessage()).isZero();
    }
    GatewayStore running = openedAgain();
    running.commit(batch(1));
    Batch more = new Batch();
    more.add(new Change(id(1), State.SUBMITTED, 3, "alpha", 1, 7, ""));
    more.add(new StoredEvent(id(1), 2, State.SUBMITTED, TIME + 5, "alpha", ""));
    more.add(new Submission("alpha", "1f", id(1), 0));
    running.commit(more);
    crash(other);
    running.close();

    try (GatewayStore after = Stores.sqliteReader(other.resolve("gateway.db"))) {
      assertThat(after.find(id(1))).map(StoredMessage::state).contains(State.SUBMITTED);
      assertThat(after.events(id(1)))
          .containsExactly(
              new StoredEvent(id(1), 0, State.ACCEPTED, TIME, "", ""),
              new StoredEvent(id(1), 1, State.ROUTED, TIME, "alpha", "in doubt "),
              new StoredEvent(id(1), 2, State.SUBMITTED, TIME + 5, "alpha", ""));
      assertThat(after.submission("alpha", "1f")).isPresent();
    }
  }

  /** The kit holds the file itself. */
  private GatewayStore openedAgain() {
    end();
    return open();
  }

  @Test
  void aRecordThatIsTornIsNotThere() throws IOException {
    GatewayStore running = openedAgain();
    running.commit(batch(1));
    assertThat(running.find(id(1))).isPresent();
    running.commit(batch(2));
    crash(other);
    running.close();
    Path log = other.resolve("gateway.db.log1");
    byte[] content = Files.readAllBytes(log);
    int last = content.length - 1;
    while (content[last] == 0) {
      last--;
    }
    content[last] ^= 0x55;
    Files.write(log, content);

    try (GatewayStore after = Stores.sqlite(other.resolve("gateway.db"))) {
      assertThat(after.find(id(1))).isPresent();
      assertThat(after.find(id(2))).isEmpty();
    }
  }

  @Test
  void theFilesOfTheLogTakeTurnsAndNothingIsLost() {
    end();
    GatewayStore running = Stores.sqlite(folder.resolve("gateway.db"), 4_000);
    int count = 400;
    for (int i = 0; i < count; i++) {
      running.commit(batch(i));
      if (i % 50 == 0) {
        // so that a file's turn can end
        assertThat(running.find(id(i))).isPresent();
      }
    }
    crash(other);
    running.close();

    try (GatewayStore after = Stores.sqlite(other.resolve("gateway.db"), 4_000)) {
      assertThat(after.walk(life -> assertThat(life.events()).hasSize(2))).isEqualTo(count);
    }
    assertThat(folder.resolve("gateway.db.log1")).doesNotExist();
    assertThat(folder.resolve("gateway.db.log2")).doesNotExist();
  }

  @Test
  void theLogOfAnotherStoreIsRefused() throws IOException {
    GatewayStore running = openedAgain();
    running.commit(batch(1));
    crash(other);
    running.close();
    Path restored = other.resolve("restored");
    Files.createDirectories(restored);
    Stores.sqlite(restored.resolve("gateway.db")).close();
    Files.copy(other.resolve("gateway.db.log1"), restored.resolve("gateway.db.log1"));

    assertThatThrownBy(() -> Stores.sqlite(restored.resolve("gateway.db")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("log of another store");
  }

  @Test
  void oneAtATimeHasItOpen() {
    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("another gateway has it open");
  }

  @Test
  void eventsOfTheFirstVersionAreKept() throws Exception {
    Path file = other.resolve("old.db");
    try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = old.createStatement();
        var sql = Dialect.class.getResourceAsStream("sqlite/001.sql")) {
      assertThat(sql).isNotNull();
      for (String each : new String(sql.readAllBytes()).split(";\\s*\n")) {
        if (!each.isBlank()) {
          statement.executeUpdate(each);
        }
      }
      statement.executeUpdate("PRAGMA user_version = 1");
      statement.executeUpdate(
          "INSERT INTO message VALUES (%d, 'shop', 1, 2, 'Shop', '49', 'x', 0, 'alpha', 'DE', 1, 0,"
                  .formatted(id(1))
              + " '', '', NULL, 1, '', '')");
      statement.executeUpdate(
          "INSERT INTO event VALUES (%d, 1, 1, %d, 'alpha', 'a b')".formatted(id(1), TIME + 3));
      statement.executeUpdate(
          "INSERT INTO event VALUES (%d, 0, 0, %d, '', '')".formatted(id(1), TIME));
    }

    try (GatewayStore store = Stores.sqlite(file)) {
      assertThat(store.events(id(1)))
          .containsExactly(
              new StoredEvent(id(1), 0, State.ACCEPTED, TIME, "", ""),
              new StoredEvent(id(1), 1, State.ROUTED, TIME + 3, "alpha", "a b"));
    }
  }
}
