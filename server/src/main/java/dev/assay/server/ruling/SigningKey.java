package dev.assay.server.ruling;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.core.passport.PassportKeys;
import dev.assay.server.ServerOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The key that the server signs with, Ed25519, in a file of its folder that only its owner may
 * read: made when it is first needed. Thread-safe.
 */
@Component
public final class SigningKey {

  /** The file in the server's folder. */
  public static final String FILE = "rulings.key";

  private static final ProblemType UNUSABLE =
      new ProblemType(
          "ASSAY-SERVER-066",
          ProblemKind.ENVIRONMENT,
          "The server's signing key cannot be used",
          "Approvals and overrides are signed with the key in the file rulings.key of the server's"
              + " folder, which must be readable by its owner only. Where it is lost, take it from"
              + " a backup; without it the server makes another, and what was signed before counts"
              + " no more.");

  private final Path file;
  private @Nullable KeyPair keys;

  /** Made by Spring. */
  SigningKey(ServerOptions options) {
    this.file = options.data().resolve(FILE);
  }

  /**
   * The pair.
   *
   * @throws ProblemException if the file cannot be used; says nothing of its content
   */
  public synchronized KeyPair keys() {
    KeyPair known = keys;
    if (known == null) {
      known = read();
      keys = known;
    }
    return known;
  }

  /** The public key as PEM, for those who verify. */
  public String publicPem() {
    return PassportKeys.pem(keys().getPublic());
  }

  private KeyPair read() {
    try {
      if (!Files.exists(file)) {
        make();
      }
      if (posix(file)
          && Files.getPosixFilePermissions(file).stream()
              .anyMatch(right -> !right.name().startsWith("OWNER"))) {
        throw unusable("others than its owner may read or write it", "run `chmod 600` on it");
      }
      String pem = Files.readString(file);
      return new KeyPair(PassportKeys.publicKey(pem), PassportKeys.privateKey(pem));
    } catch (IOException broken) {
      throw unusable(
          "it cannot be read or written (" + broken.getClass().getSimpleName() + ")",
          "let the server's user own it, and leave room on its disk");
    } catch (IllegalArgumentException wrong) {
      throw unusable(
          String.valueOf(wrong.getMessage()),
          "take it from a backup, or move it away for a new one");
    }
  }

  /** Whole and durable before it has its name, so that no half of a key is ever signed with. */
  private void make() throws IOException {
    KeyPair fresh = PassportKeys.generate();
    // such a file is its owner's only
    Path half = Files.createTempFile(file.toAbsolutePath().getParent(), ".rulings", ".part");
    try {
      Files.writeString(
          half, PassportKeys.pem(fresh.getPrivate()) + PassportKeys.pem(fresh.getPublic()));
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static boolean posix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class);
  }

  private ProblemException unusable(String what, String mend) {
    return UNUSABLE.failure(Where.named(file.toString()), what, mend);
  }
}
