package dev.assay.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.evidence.Event;
import dev.assay.api.ledger.EncodedEntry;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EntryLinesTest {

  private final ReadingTurns turns = new ReadingTurns(1);

  @Test
  void readsAllEntriesWhateverBlankLinesAreBetweenThem() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes("\n".repeat(2_500).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 2_100; i++) {
      sent.writeBytes(line(i));
      sent.writeBytes(i % 700 == 0 ? "\n\n\n".getBytes(StandardCharsets.UTF_8) : new byte[0]);
    }
    sent.writeBytes("\n".repeat(1_500).getBytes(StandardCharsets.UTF_8));
    List<EncodedEntry> read = all(new ByteArrayInputStream(sent.toByteArray()));
    assertThat(read).hasSize(2_100);
    assertThat(((Recorded) read.get(2_099).entry()).evidence()).isEqualTo(event(2_099));
  }

  @Test
  void aLineThatIsNoEntryIsNamedByItsNumberAndKeepsNoTurn() throws Exception {
    byte[] bad = "\n\n{\"type\":1}\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> all(new ByteArrayInputStream(bad)))
        .isInstanceOf(BadEntryException.class)
        .hasMessageStartingWith("line 3: ");
    assertThat(all(new ByteArrayInputStream(line(1)))).hasSize(1);
  }

  @Test
  void whoeverSendsSlowlyKeepsNobodyWaiting() throws Exception {
    PipedInputStream slow = new PipedInputStream();
    try (PipedOutputStream sender = new PipedOutputStream(slow)) {
      sender.write("{\"half".getBytes(StandardCharsets.UTF_8));
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ended.completeExceptionally(
                      new AssertionError(all(slow) + " were read of half a line"));
                } catch (IOException | BadEntryException wrong) {
                  ended.complete(wrong);
                }
              });
      assertThat(all(new ByteArrayInputStream(line(7)))).hasSize(1);
      sender.close();
      assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(BadEntryException.class);
      reader.join();
    }
  }

  private List<EncodedEntry> all(InputStream in) throws IOException, BadEntryException {
    EntryLines lines = new EntryLines(in, turns);
    List<EncodedEntry> read = new ArrayList<>();
    List<EncodedEntry> portion = lines.next();
    while (!portion.isEmpty()) {
      read.addAll(portion);
      portion = lines.next();
    }
    return read;
  }

  private static byte[] line(int number) {
    byte[] entry = EncodedEntry.of(new Recorded(event(number))).bytes();
    byte[] line = Arrays.copyOf(entry, entry.length + 1);
    line[entry.length] = '\n';
    return line;
  }

  private static Event event(int number) {
    return new Event("unit", Instant.EPOCH, "noted", "number " + number, Map.of());
  }
}
