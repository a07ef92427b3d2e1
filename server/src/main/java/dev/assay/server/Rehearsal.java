package dev.assay.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Starts a server that keeps nothing and asks it for a page, so that a start can be learned. */
final class Rehearsal {

  private Rehearsal() {}

  static void play() {
    try {
      Path folder = Files.createTempDirectory("assay-rehearsal");
      ServerOptions options =
          new ServerOptions(folder, InetAddress.getLoopbackAddress(), 0, null, null);
      try (RunningServer server = RunningServer.start(options);
          HttpClient client = HttpClient.newHttpClient()) {
        for (String path : List.of("/login", "/health", "/assets/assay.css")) {
          URI address = URI.create(server.address() + path);
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
        }
      } finally {
        delete(folder);
      }
    } catch (IOException unlucky) {
      // Then the next start is as slow as this one.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
