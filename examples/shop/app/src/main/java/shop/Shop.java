package shop;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts the shop: {@code --port N --data FILE}. */
public final class Shop {

  private Shop() {}

  /** Runs until it is asked to end (SIGTERM, SIGINT). */
  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    int port = Integer.parseInt(option(arguments, "--port", "8080"));
    Path data = Path.of(option(arguments, "--data", "shop.db"));
    OrderBook book = new OrderBook(data, Clock.systemUTC());
    ShopServer server = new ShopServer(port, book, Settings.of(System.getenv()));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  book.close();
                  System.out.println("shop is closed");
                  ended.countDown();
                }));
    System.out.println("shop is open at " + server.url());
    ended.await();
  }

  private static String option(String[] arguments, String name, String otherwise) {
    for (int i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals(name)) {
        return arguments[i + 1];
      }
    }
    return otherwise;
  }

  /**
   * What the environment says.
   *
   * @param slowMillis {@code SHOP_SLOW_MS}: how long GET /products takes longer than it should
   * @param ordersBroken {@code SHOP_BROKEN=orders-500}: whether POST /orders answers 500
   * @param token {@code SHOP_TOKEN}: what a client must show to ship an order; empty for nothing
   */
  record Settings(int slowMillis, boolean ordersBroken, String token) {
    static Settings of(Map<String, String> environment) {
      return new Settings(
          Integer.parseInt(environment.getOrDefault("SHOP_SLOW_MS", "0")),
          environment.getOrDefault("SHOP_BROKEN", "").equals("orders-500"),
          environment.getOrDefault("SHOP_TOKEN", ""));
    }
  }
}
