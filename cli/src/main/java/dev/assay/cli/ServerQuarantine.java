package dev.assay.cli;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.SharedQuarantine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the tests in quarantine from a server, and keeps them beside the ledger for when it is
 * away.
 */
final class ServerQuarantine {

  private static final int NAME = 16;

  private ServerQuarantine() {}

  /**
   * Those of a project as they are now, or as they were when it last answered.
   *
   * @param folder the folder {@code .assay}
   * @return null where it never answered, which is then said
   */
  static @Nullable SharedQuarantine fetch(
      ServerProject project, Path folder, Clock clock, Console console) {
    Path kept =
        folder
            .resolve("quarantine")
            .resolve(EvidenceCodec.sha256(project.quarantinePage()).substring(0, NAME) + ".json");
    String away;
    try {
      String text = project.quarantine();
      write(kept, text);
      return new SharedQuarantine(kept, project.quarantinePage(), clock.now(), null);
    } catch (IOException gone) {
      away = "it does not answer";
    } catch (ProblemException refused) {
      away = refused.problems().getFirst().what();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      away = "interrupted";
    }
    try {
      if (Files.exists(kept)) {
        Instant fetched = Files.getLastModifiedTime(kept).toInstant();
        console
            .err()
            .println("tests in quarantine are as the server had them at " + fetched + ": " + away);
        return new SharedQuarantine(kept, project.quarantinePage(), fetched, away);
      }
    } catch (IOException unreadable) {
      // then there is none
    }
    console.err().println("the server's tests in quarantine are not known: " + away);
    return null;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "fetched-", ".json");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException denied) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(file.toString()),
          IoReason.of(denied),
          "make the folder writable and leave room on its disk");
    }
  }
}
