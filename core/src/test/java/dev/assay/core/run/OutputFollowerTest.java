package dev.assay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.api.value.Secret;
import dev.assay.core.report.OutputListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes print is told while they print it, and no secret with it. */
@Timeout(60)
class OutputFollowerTest {

  private static final String SECRET = "s3cr\u00e9t-7Hq9ZkLw";

  @TempDir private Path folder;

  /** Keeps what it hears. */
  private static final class Heard implements OutputListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile long leftOut;

    @Override
    public void printed(String source, Instant at, String line) {
      lines.add(source + " " + line);
    }

    @Override
    public synchronized void leftOut(String source, Instant at, long more) {
      leftOut += more;
    }
  }

  private final Heard heard = new Heard();

  private OutputFollower follower() {
    return new OutputFollower(heard, new SystemClock(), new Redactor(List.of(Secret.of(SECRET))));
  }

  private Path print(String text) throws IOException {
    return Files.writeString(
        folder.resolve("log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void await(BooleanSupplier met) {
    while (!met.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aLineIsToldWhileOthersAreStillToCome() throws IOException {
    Path log = print("of a run before\n");
    try (OutputFollower follower = follower()) {
      follower.follow("service:shop", log);
      print("listening\nhalf of");
      await(() -> heard.lines.size() == 1);
      print(" a line\n");
      await(() -> heard.lines.size() == 2);
      print("without an end");
    }
    assertThat(heard.lines)
        .containsExactly(
            "service:shop listening", "service:shop half of a line", "service:shop without an end");
  }

  @Test
  void aSecretIsMaskedAlsoWithColoursInItInHalvesAndWhereALineIsCut() throws IOException {
    Path log = folder.resolve("log");
    String long1 = "x".repeat(PrintedFile.LONGEST - 7);
    // many long secrets leave a short text, with the beginning of one at its end
    String many = SECRET.repeat(PrintedFile.LONGEST);
    try (OutputFollower follower = follower()) {
      follower.follow("unit", log);
      print("token " + SECRET.substring(0, 5));
      print(SECRET.substring(5) + "!\n\u001b[32mtoken\u001b[0m ");
      print(SECRET.substring(0, 4) + "\u001b[1m" + SECRET.substring(4) + "\n");
      print(long1 + SECRET + "\n" + many + "\n");
    }
    assertThat(heard.lines).hasSize(4);
    assertThat(heard.lines.subList(0, 2)).containsExactly("unit token ***!", "unit token ***");
    assertThat(heard.lines.get(2)).hasSize("unit ".length() + OutputListener.LONGEST).endsWith("…");
    for (String line : heard.lines) {
      assertThat(line).doesNotContain("s3cr").hasSizeLessThanOrEqualTo(OutputListener.LONGEST + 5);
    }
  }

  @Test
  void ofAFloodTheNewestLinesAreToldAndHowManyWereNot() throws IOException {
    Path log = folder.resolve("log");
    StringBuilder flood = new StringBuilder();
    for (int i = 1; i <= 100_000; i++) {
      flood.append("line ").append(i).append('\n');
    }
    try (OutputFollower follower = follower()) {
      follower.follow("service:shop", log);
      print(flood.toString());
    }
    assertThat(heard.lines.getLast()).isEqualTo("service:shop line 100000");
    assertThat(heard.leftOut).isPositive();
    assertThat(heard.leftOut + heard.lines.size()).isEqualTo(100_000);
  }

  @Test
  void aFileThatIsMadeAnewIsFollowedAnewAndOneThatIsGoneIsLeft() throws IOException {
    Path log = folder.resolve("log");
    try (OutputFollower follower = follower()) {
      follower.follow("unit", log);
      print("first\n");
      await(() -> heard.lines.size() == 1);
      print("last words");
      Files.delete(log);
      follower.follow("unit", log);
      print("second\n");
      await(() -> heard.lines.size() == 3);
    }
    assertThat(heard.lines).containsExactly("unit first", "unit last words", "unit second");
  }

  @Test
  void whatTerminalsTakeForColoursAndPlacesIsLeftOut() {
    PrintedText text = new PrintedText(new Redactor(List.of()));
    assertThat(of(text, "\u001b[1;31mred\u001b[0m \u001b]0;title\u0007end\r")).isEqualTo("red end");
    assertThat(of(text, " 10 %\r 50 %\r100 %")).isEqualTo("100 %");
    assertThat(of(text, "a\u0000b")).isEqualTo("a\uFFFDb");
    assertThat(text.of(new byte[] {'a', (byte) 0xC3}, false)).isEqualTo("a\uFFFD");
  }

  private static String of(PrintedText text, String line) {
    return text.of(line.getBytes(StandardCharsets.UTF_8), false);
  }

  @Test
  void nothingIsDoneWhereNobodyListens() throws IOException {
    try (OutputFollower follower =
        new OutputFollower(null, new SystemClock(), new Redactor(List.of()))) {
      follower.follow("unit", print("x\n"));
      print("y\n");
    }
    assertThat(heard.lines).isEmpty();
  }
}
