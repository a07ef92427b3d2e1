package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.UndoJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the undo journal holds, to the byte. */
class FileUndoJournalTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private FileUndoJournal journal() {
    return FileUndoJournal.open(folder, "run", new SystemClock(), List.of());
  }

  private List<String> open() throws IOException {
    return JournalFile.read(folder).open().stream().map(JournalFile.Open::id).toList();
  }

  @Test
  void whatIsDoneIsStruckOutWithoutNeedingRoom() throws IOException {
    try (FileUndoJournal journal = journal()) {
      UndoJournal.Entry first = journal.before("delete", Map.of("path", "/a \"state\":\"before\""));
      UndoJournal.Entry second = journal.before("delete", Map.of("path", "/ü"));
      long size = Files.size(JournalFile.in(folder));
      assertThat(open()).containsExactly(second.id(), first.id());

      first.done();

      assertThat(open()).containsExactly(second.id());
      second.done();
      assertThat(open()).isEmpty();
      assertThat(Files.size(JournalFile.in(folder))).isEqualTo(size);
    }
  }

  @Test
  void aLineThatWasBeingWrittenSpeaksOfNothing() throws IOException {
    try (FileUndoJournal journal = journal()) {
      UndoJournal.Entry entry = journal.before("delete", Map.of("path", "/a"));
      Files.writeString(
          JournalFile.in(folder), "{\"details\":{\"path\"", StandardOpenOption.APPEND);

      assertThat(open()).containsExactly(entry.id());
      assertThat(JournalFile.read(folder).unreadable()).isEmpty();
    }
  }

  @Test
  void aLineThatIsNoneIsTold() throws IOException {
    Files.writeString(JournalFile.in(folder), "nonsense\n");

    assertThat(JournalFile.read(folder).unreadable()).containsExactly(1);
  }

  @Test
  void withoutAWatchdogNothingIsGuarded() {
    try (FileUndoJournal journal = journal()) {
      assertThatThrownBy(() -> journal.guarded("pause", Map.of(), Duration.ofSeconds(1)))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-RUN-030");
      assertThat(open()).isEmpty();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void aFullDiskIsToldBeforeAnythingIsDone() throws IOException {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "no device that is full");
    Files.createSymbolicLink(JournalFile.in(folder), full);
    try (FileUndoJournal journal = journal()) {
      assertThatThrownBy(() -> journal.before("delete", Map.of("path", "/a")))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("ASSAY-RUN-009");
    }
  }
}
