package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLeftoversTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void copiesOfProcessesThatWereKilledLongAgoAreDeletedAndNothingElse() throws IOException {
    Path own = file("sqlite-3.53.2.1-1-libsqlitejdbc.so", NOW);
    Path starting = file("sqlite-3.53.2.1-2-libsqlitejdbc.so", NOW.minusSeconds(60));
    Path left = file("sqlite-3.53.2.1-3-libsqlitejdbc.so", NOW.minusSeconds(7200));
    Path mark = file("sqlite-3.53.2.1-3-libsqlitejdbc.so.lck", NOW.minusSeconds(7200));
    Path foreign = file("sqlite-notes.txt", NOW.minusSeconds(7200));
    new NativeLeftovers(folder).sweep();
    assertThat(own).exists();
    assertThat(starting).exists();
    assertThat(foreign).exists();
    assertThat(left).doesNotExist();
    assertThat(mark).doesNotExist();
  }

  private Path file(String name, Instant modified) throws IOException {
    return Files.setLastModifiedTime(
        Files.createFile(folder.resolve(name)), FileTime.from(modified));
  }
}
