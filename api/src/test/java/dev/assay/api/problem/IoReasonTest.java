package dev.assay.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @Test
  void whatIsMissingIsNamedAlsoWhereItIsTheFolder() {
    Path file = folder.resolve("a.txt");
    assertThat(reason(() -> Files.readString(file))).isEqualTo("there is no '" + file + "'");
    assertThat(reason(() -> Files.writeString(folder.resolve("b/a.txt"), "x")))
        .isEqualTo("there is no folder '" + folder.resolve("b") + "'");
  }

  @Test
  void whatIsThereAlreadyOrOfAnotherKindIsSaid() throws IOException {
    Path file = Files.createFile(folder.resolve("a.txt"));
    assertThat(reason(() -> Files.createFile(file))).isEqualTo("'" + file + "' is there already");
    assertThat(reason(() -> Files.writeString(file.resolve("c"), "x")))
        .isEqualTo("Not a directory");
  }

  @Test
  void whatIsNoTextIsSaidToBeNone() throws IOException {
    Path file = Files.write(folder.resolve("a.bin"), new byte[] {(byte) 0xff, 'a'});
    assertThat(reason(() -> Files.readString(file))).isEqualTo("it is no text in UTF-8");
  }

  @Test
  void whoDoesNotListenIsToldFromWhoIsNotKnown() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(reason(() -> get("http://127.0.0.1:" + port))).isEqualTo("nobody listens there");
    assertThat(reason(() -> get("http://no-such-host.invalid")))
        .isEqualTo("there is no host of that name");
  }

  @Test
  void whoIsSlowToAnswerIsSaidToBe() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(reason(() -> get("http://127.0.0.1:" + silent.getLocalPort())))
          .isEqualTo("it takes too long to answer");
    }
  }

  @Test
  void otherFailuresAreToldAsTheySaidThemselves() {
    assertThat(IoReason.of(new IOException("disk on fire"))).isEqualTo("disk on fire");
    assertThat(IoReason.of(new IOException())).isEqualTo("the connection broke");
  }

  private static void get(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var _ =
          client.send(
              HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMillis(300)).build(),
              BodyHandlers.discarding());
    }
  }

  private static String reason(ThrowingCallable call) {
    return IoReason.of(catchThrowableOfType(IOException.class, call));
  }
}
