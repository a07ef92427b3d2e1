package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.ledger.LedgerEntry;
import dev.assay.store.SqliteLedger;
import dev.assay.testkit.LedgerEntries;
import dev.assay.testkit.ScriptedServer;
import dev.assay.testkit.ScriptedServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose project has no room on the server goes on here, and is sent later. */
@Timeout(60)
class FullProjectTest {

  private static final String REFUSAL =
      "{\"code\":\"ASSAY-SERVER-140\",\"detail\":\"quota 'entries': the project 'shop' may have 2"
          + " entries a day\",\"mend\":\"send it then\"}";

  @TempDir private Path folder;

  @Test
  void aQuotaThatIsReachedIsAskedForOnceAndTheRestIsSentWhenThereIsRoom()
      throws IOException, InterruptedException {
    AtomicBoolean full = new AtomicBoolean(true);
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.start(request -> {
              if (request.head().startsWith("GET ")) {
                return Reply.status(404, "{\"detail\":\"there is no run\",\"mend\":\"send it\"}");
              }
              if (full.get()) {
                refused.incrementAndGet();
                return Reply.status(429, REFUSAL);
              }
              int entries = taken.addAndGet((int) request.body().lines().count());
              return Reply.status(200, "{\"entries\":" + entries + "}");
            });
        SqliteLedger ledger = SqliteLedger.open(folder, SqliteLedger.Mode.READ_WRITE)) {
      ServerProject project =
          new ServerProject(server.uri().resolve("/api/v1/projects/shop"), "assay_x");
      try (RunUpload upload = new RunUpload(ledger, "r1", project)) {
        var _ = upload.append("r1", LedgerEntries.opened()).join();
        while (refused.get() == 0) {
          LockSupport.parkNanos(5_000_000);
        }
        for (LedgerEntry entry : LedgerEntries.everyKind().subList(1, 4)) {
          var _ = upload.append("r1", entry).join();
        }
        assertThat(upload.finish(Duration.ofSeconds(30)))
            .contains("the project has no room", "quota 'entries'", "2 entries a day");
      }
      assertThat(refused).hasValue(1);
      full.set(false);
      try (ServerProject again = project.again()) {
        assertThat(RunUpload.rest(ledger, "r1", again)).isEqualTo(4);
      }
      assertThat(taken).hasValue(4);
    }
  }
}
