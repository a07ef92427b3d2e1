import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** A shop that can be broken: POST /break and POST /mend. What is posted to /hook is printed. */
class Shop {

  public static void main(String[] arguments) throws IOException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8099;
    AtomicBoolean broken = new AtomicBoolean();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/health", exchange -> answer(exchange, broken.get() ? 503 : 200));
    server.createContext(
        "/break",
        exchange -> {
          broken.set(true);
          answer(exchange, 204);
        });
    server.createContext(
        "/mend",
        exchange -> {
          broken.set(false);
          answer(exchange, 204);
        });
    server.createContext(
        "/hook",
        exchange -> {
          System.out.println(new String(exchange.getRequestBody().readAllBytes()));
          answer(exchange, 204);
        });
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
