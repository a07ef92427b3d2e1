package dev.assay.store;

import dev.assay.api.ledger.Ledger.StoredArtifact;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files by their content: {@code artifacts/ab/cdef…} holds what has the SHA-256 {@code abcdef…}.
 * Thread-safe, also between processes: a file appears whole and durable, or not at all.
 */
final class ArtifactFolder {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER = 1 << 16;

  /**
   * How old a file must be that a killed process may have left, to be sure that nobody fills it.
   */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;

  ArtifactFolder(Path folder) {
    this.folder = folder;
  }

  StoredArtifact store(Path file) {
    if (!Files.isRegularFile(file)) {
      throw StoreProblems.NO_ARTIFACT.failure(
          Where.named(file.toString()), "there is no such file", "name a file that exists");
    }
    try (InputStream content = open(file)) {
      Durable.createFolder(folder);
      Path incoming = Durable.incoming(folder);
      try {
        StoredArtifact artifact = copy(content, incoming);
        place(incoming, artifact);
        return artifact;
      } finally {
        Files.deleteIfExists(incoming);
      }
    } catch (IOException failed) {
      throw new ProblemException(Failures.of(failed, folder));
    } catch (ReadOnlyFileSystemException failed) {
      throw new ProblemException(Failures.of(failed, folder));
    }
  }

  Optional<Path> find(String sha256) {
    return SHA256.matcher(sha256).matches()
        ? Optional.of(path(sha256)).filter(Files::isRegularFile)
        : Optional.empty();
  }

  /** Where the content of that name is, if it is. */
  Path path(String sha256) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
  }

  /** Deletes what processes that were killed had begun to copy. */
  void sweep() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "incoming-*.tmp")) {
      for (Path file : left) {
        // Compared with a file system's own time, so no clock is asked.
        FileTime now = Files.getLastModifiedTime(folder);
        Duration age =
            Duration.between(Files.getLastModifiedTime(file).toInstant(), now.toInstant());
        if (age.compareTo(ABANDONED) > 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException untidy) {
      // Left-overs cost space and harm nothing; the next opening tries again.
    }
  }

  /** SHA-256 of a file, as 64 hexadecimal digits. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = Chain.sha256();
    try (InputStream content = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException unreadable) {
      throw StoreProblems.NO_ARTIFACT.failure(
          Where.named(file.toString()),
          "it cannot be read: " + Failures.text(unreadable),
          "give this user the right to read it");
    }
  }

  private static StoredArtifact copy(InputStream content, Path to) throws IOException {
    MessageDigest digest = Chain.sha256();
    long size = 0;
    try (FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        size += read;
      }
      out.force(true);
    }
    return new StoredArtifact(HexFormat.of().formatHex(digest.digest()), size);
  }

  private void place(Path incoming, StoredArtifact artifact) throws IOException {
    Path place = path(artifact.sha256());
    Path shelf = folder.resolve(artifact.sha256().substring(0, 2));
    Durable.createFolder(shelf);
    if (!Files.exists(place)) {
      Durable.move(incoming, place);
      return;
    }
    if (!sha256(place).equals(artifact.sha256())) {
      throw StoreProblems.CORRUPT.failure(
          Where.named(place.toString()),
          "its content is not what its name says",
          Failures.MEND_CORRUPT);
    }
    // Whoever takes old ones away leaves those alone that were asked for lately.
    Files.setLastModifiedTime(place, Files.getLastModifiedTime(incoming));
    // Another process may have been killed between naming it and making the name durable.
    Durable.forceFolder(shelf);
  }
}
