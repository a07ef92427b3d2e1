package dev.assay.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private FolderWatch watch;

  @BeforeEach
  void aProject() throws IOException {
    Files.createDirectories(folder.resolve("src"));
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve("src/a.txt"), "a");
    watch =
        FolderWatch.of(
            folder,
            files ->
                files.stream()
                    .filter(file -> file.toString().endsWith(".log"))
                    .collect(Collectors.toSet()));
  }

  @AfterEach
  void end() {
    watch.close();
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  @Test
  void changedNewAndRemovedFilesAreTold() throws Exception {
    Path changed = write("src/a.txt");
    Path added = write("src/b.txt");
    assertThat(watch.await(QUIET, LONG)).containsExactly(changed, added);
    Files.delete(added);
    assertThat(watch.await(QUIET, LONG)).containsExactly(added);
  }

  @Test
  void filesOfNewFoldersAreTold() throws Exception {
    Path deep = write("src/new/deep/c.txt");
    assertThat(watch.await(QUIET, LONG)).contains(deep);
    Path later = write("src/new/deep/d.txt");
    assertThat(watch.await(QUIET, LONG)).containsExactly(later);
  }

  @Test
  void whatToolsWriteOrIsIgnoredIsNoChange() throws Exception {
    write("target/classes/a.class");
    write("src/.a.txt.swp");
    write("src/a.txt~");
    write("src/trace.log");
    assertThat(watch.await(QUIET, Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void whatEachRunWritesIsNoChangeAnyMore() throws Exception {
    Path own = write("src/out.txt");
    assertThat(watch.afterRun(QUIET).changes()).containsExactly(own);
    write("src/out.txt");
    FolderWatch.DuringRun second = watch.afterRun(QUIET);
    assertThat(second.changes()).isEmpty();
    assertThat(second.ownFiles()).containsExactly(own);
    write("src/out.txt");
    Path mine = write("src/a.txt");
    assertThat(watch.await(QUIET, LONG)).containsExactly(mine);
  }

  @Test
  void aFileThatIsChangedDuringOneRunOnlyIsSomebodysChange() throws Exception {
    Path mine = write("src/a.txt");
    assertThat(watch.afterRun(QUIET).changes()).containsExactly(mine);
    assertThat(watch.afterRun(QUIET).changes()).isEmpty();
    write("src/a.txt");
    assertThat(watch.afterRun(QUIET).changes()).containsExactly(mine);
  }

  @Test
  void gitIsAskedWhatItIgnores() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    Process init =
        new ProcessBuilder("git", "init", "--quiet").directory(repository.toFile()).start();
    assertThat(init.waitFor()).isZero();
    Files.writeString(repository.resolve(".gitignore"), "*.gen\n!kept.gen\n");
    Path made = repository.resolve("made.gen");
    assertThat(
            new GitIgnored(repository)
                .of(Set.of(made, repository.resolve("kept.gen"), repository.resolve("a.txt"))))
        .containsExactly(made);
  }
}
