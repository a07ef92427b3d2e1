package dev.assay.it.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A service that writes the line of each request, in the order they came, into the file of its
 * second argument; /health apart.
 */
public final class Recorder {

  private Recorder() {}

  /** Listens on the port of the first argument. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    Path file = Path.of(arguments[1]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          String line = exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n";
          if (!line.contains("/health")) {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }
}
