package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assay installed where people put it. */
class LauncherIT {

  private static final Path LAUNCHER =
      Path.of(System.getProperty("assay.launcher", "assay")).toAbsolutePath();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path temporary;

  @Test
  void runsFromAFolderWithSpacesInItsNameWithAndWithoutAStartUpCache() throws Exception {
    Path home = installed(temporary.resolve("my programs/as say"));
    Path workspace = Files.createDirectories(temporary.resolve("a workspace"));
    Files.writeString(workspace.resolve("assay.yaml"), "workspace: spaced\n");
    assertThat(run(home, workspace)).contains("run of spaced").doesNotContain("rror");
    assertThat(home.resolve("lib/assay.aot")).isNotEmptyFile();
    assertThat(run(home, workspace)).contains("run of spaced").doesNotContain("rror");
  }

  private static String run(Path home, Path workspace) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(home.resolve("bin/assay").toString(), "run", "--plain")
            .directory(workspace.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  /** What was built, with links to its libraries, and without a start-up cache. */
  private static Path installed(Path home) throws IOException {
    Path built = LAUNCHER.getParent().getParent();
    Path _ = Files.createDirectories(home.resolve("bin"));
    Path _ = Files.copy(LAUNCHER, home.resolve("bin/assay"));
    Path lib = Files.createDirectories(home.resolve("lib"));
    List<Path> libraries;
    try (Stream<Path> all = Files.list(built.resolve("lib"))) {
      libraries = all.filter(one -> !one.toString().endsWith(".aot")).toList();
    }
    for (Path one : libraries) {
      Path _ = Files.createSymbolicLink(lib.resolve(one.getFileName()), one);
    }
    return home;
  }
}
