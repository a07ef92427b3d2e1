import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** A version of a shop: answers after about so many milliseconds, and fails so often. */
public final class Version {

  private Version() {}

  /** Takes the port, milliseconds, and per cent of failures. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    double millis = Double.parseDouble(arguments[1]);
    double failing = Double.parseDouble(arguments[2]) / 100;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newFixedThreadPool(32));
    server.createContext(
        "/",
        exchange -> {
          ThreadLocalRandom random = ThreadLocalRandom.current();
          try {
            Thread.sleep((long) (millis * Math.exp(0.3 * random.nextGaussian())));
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(random.nextDouble() < failing ? 500 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
