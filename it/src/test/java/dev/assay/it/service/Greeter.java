package dev.assay.it.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A service: answers /health, and at any other path what the variable GREETING says, which it also
 * logs.
 */
public final class Greeter {

  private Greeter() {}

  /** Listens on the port of the first argument. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    String greeting = System.getenv().getOrDefault("GREETING", "hello");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean health = exchange.getRequestURI().getPath().equals("/health");
          String said = health ? "ok" : "{\"greeting\":\"" + greeting + "\"}";
          System.out.println(exchange.getRequestURI() + " -> " + said);
          System.out.println(
              exchange.getRequestHeaders().getOrDefault("Authorization", java.util.List.of()));
          byte[] body = said.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("X-Greeting", greeting);
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    System.out.println("greeting with " + greeting);
    server.start();
  }
}
