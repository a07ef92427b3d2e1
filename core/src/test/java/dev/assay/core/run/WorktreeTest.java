package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another commit beside the working tree, with the real git. */
class WorktreeTest {

  @TempDir private Path temporary;

  private Path repository() {
    return temporary.resolve("repository");
  }

  private Path shop() {
    return repository().resolve("shop");
  }

  @BeforeEach
  void aRepositoryOfTwoCommits() throws IOException, InterruptedException {
    Files.createDirectories(shop());
    git("init", "-q", "-b", "main", ".");
    Files.writeString(shop().resolve("price"), "1");
    git("add", "-A");
    git("commit", "-qm", "one");
    Files.writeString(shop().resolve("price"), "2");
    git("commit", "-qam", "two");
  }

  private void git(String... words) throws IOException, InterruptedException {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"));
    all.addAll(List.of(words));
    Process process =
        new ProcessBuilder(all).directory(repository().toFile()).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private FileUndoJournal journal() {
    return FileUndoJournal.open(shop().resolve(".assay"), "c1", new SystemClock(), List.of());
  }

  private Mender.Result mend() {
    return new Mender(
            shop().resolve(".assay"),
            new SystemClock(),
            List.of(Worktree.undo(new SystemClock(), List::of)))
        .mend();
  }

  @Test
  void theEarlierCommitIsBesideAndGoneWhenClosed() throws IOException {
    Path folder = temporary.resolve("tree");
    try (FileUndoJournal journal = journal();
        Worktree tree = Worktree.add(shop(), "main~1", folder, journal)) {
      assertThat(tree.workspace()).isEqualTo(folder.resolve("shop"));
      assertThat(tree.commit()).hasSize(40);
      assertThat(Files.readString(tree.workspace().resolve("price"))).isEqualTo("1");
      assertThat(Files.readString(shop().resolve("price"))).isEqualTo("2");
    }
    assertThat(folder).doesNotExist();
    assertThat(repository().resolve(".git/worktrees")).doesNotExist();
    assertThat(mend().mended()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsRemovedByTheNextMending() {
    Path folder = temporary.resolve("tree");
    try (FileUndoJournal journal = journal()) {
      Worktree.add(shop(), "HEAD~1", folder, journal); // and never closed
    }
    assertThat(folder).exists();

    assertThat(mend().mended()).containsExactly("removed the worktree " + folder);
    assertThat(folder).doesNotExist();
    assertThat(repository().resolve(".git/worktrees")).doesNotExist();
    assertThat(mend().mended()).isEmpty();
  }

  @Test
  void aCommitThatIsNotThereIsNamed() {
    try (FileUndoJournal journal = journal()) {
      assertThatThrownBy(() -> Worktree.add(shop(), "nobody", temporary.resolve("tree"), journal))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("'nobody' cannot be checked out");
    }
    assertThat(mend().mended()).isEmpty();
  }

  @Test
  void aFolderOutsideOfAnyRepositoryHasNoCommits() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    try (FileUndoJournal journal = journal()) {
      assertThatThrownBy(() -> Worktree.add(outside, "main", temporary.resolve("tree"), journal))
          .isInstanceOf(ProblemException.class);
    }
  }
}
