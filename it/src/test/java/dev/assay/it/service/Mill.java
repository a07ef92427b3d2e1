package dev.assay.it.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A service that works for a while on each request, in a method that the variable BUILD names. */
public final class Mill {

  private static volatile long flour;

  private Mill() {}

  /** Listens on the port of the first argument. */
  public static void main(String[] arguments) throws IOException {
    boolean fine = "fine".equals(System.getenv("BUILD"));
    int port = Integer.parseInt(arguments[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.createContext(
        "/",
        exchange -> {
          if (fine) {
            grindFine();
          } else {
            grindCoarse();
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  private static void grindFine() {
    for (int i = 0; i < 400_000; i++) {
      flour += Math.floorMod(flour * 31 + i, 97);
    }
  }

  private static void grindCoarse() {
    for (int i = 0; i < 400_000; i++) {
      flour += Math.floorMod(flour * 17 + i, 89);
    }
  }
}
