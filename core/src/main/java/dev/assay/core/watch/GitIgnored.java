package dev.assay.core.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Asks git which files it ignores. Outside a repository, or without git, none is.
 *
 * @param folder where git is asked
 */
public record GitIgnored(Path folder) implements FolderWatch.Ignored {

  private static final int SECONDS = 10;
  private static final int LONGEST = 16 << 20;

  @Override
  public Set<Path> of(Set<Path> files) {
    if (files.isEmpty()) {
      return Set.of();
    }
    try {
      Process git =
          new ProcessBuilder("git", "check-ignore", "-z", "--stdin")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try (OutputStream names = git.getOutputStream()) {
                  for (Path file : files) {
                    names.write((file + "\0").getBytes(StandardCharsets.UTF_8));
                  }
                } catch (IOException ended) {
                  // git wants no more; its answer counts
                }
              });
      byte[] answer = git.getInputStream().readNBytes(LONGEST);
      writer.join();
      if (!git.waitFor(SECONDS, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return Set.of();
      }
      Set<Path> ignored = new HashSet<>();
      for (String name : new String(answer, StandardCharsets.UTF_8).split("\0")) {
        if (!name.isEmpty()) {
          ignored.add(folder.resolve(name).normalize());
        }
      }
      return ignored;
    } catch (IOException noGit) {
      return Set.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Set.of();
    }
  }
}
