package dev.assay.store;

import dev.assay.api.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Artifacts that were taken away on purpose, as they were old. Their digests stay in the ledger's
 * entries and in a list beside the artifacts, so that verifying knows them from those that were
 * lost.
 */
public final class WithdrawnArtifacts {

  private static final String LIST = "withdrawn";
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private WithdrawnArtifacts() {}

  /** The digests of a folder's list. */
  static Set<String> of(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    Set<String> digests = new TreeSet<>();
    if (Files.isRegularFile(list)) {
      for (String line : Files.readAllLines(list, StandardCharsets.US_ASCII)) {
        if (SHA256.matcher(line).matches()) {
          digests.add(line);
        }
      }
    }
    return digests;
  }

  /**
   * Takes artifacts away: first they are in the list, durably, then their files go. One process at
   * a time may do so in a folder.
   *
   * @param folder the folder of artifacts
   * @return how many bytes became free
   * @throws ProblemException if the folder cannot be written
   */
  public static long withdraw(Path folder, Collection<String> digests) {
    ArtifactFolder artifacts = new ArtifactFolder(folder);
    try {
      Set<String> all = of(folder);
      all.addAll(digests);
      Durable.replace(
          folder.resolve(LIST),
          (String.join("\n", all) + "\n").getBytes(StandardCharsets.US_ASCII));
      long free = 0;
      for (String digest : digests) {
        Optional<Path> file = artifacts.find(digest);
        if (file.isPresent()) {
          long size = Files.size(file.get());
          if (Files.deleteIfExists(file.get())) {
            free += size;
          }
        }
      }
      return free;
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, folder));
    }
  }
}
