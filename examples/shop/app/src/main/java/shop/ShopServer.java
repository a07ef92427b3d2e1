package shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shop's HTTP interface, as {@code openapi.yaml} tells it. Thread-safe. */
public final class ShopServer implements AutoCloseable {

  static final int LARGEST_BODY = 16_384;
  private static final int THREADS = 16;
  private static final int PACKING_MILLIS = 300;
  private static final Pattern PRODUCT = Pattern.compile("/products/([^/]+)");
  private static final Pattern ORDER = Pattern.compile("/orders/([^/]+)");
  private static final Pattern SHIP = Pattern.compile("/orders/([^/]+)/ship");

  private final OrderBook book;
  private final Shop.Settings settings;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService packing = Executors.newSingleThreadScheduledExecutor();

  /**
   * Opens.
   *
   * @param port on loopback; 0 for a free one
   */
  public ShopServer(int port, OrderBook book, Shop.Settings settings) throws IOException {
    this.book = book;
    this.settings = settings;
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1024);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Serves what is under way, at most a second, and closes. */
  @Override
  public void close() {
    server.stop(0);
    workers.shutdown();
    packing.shutdownNow();
    try {
      if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is answered. */
  private record Answer(int status, Object body) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = route(exchange);
      } catch (HttpProblem problem) {
        answer = new Answer(problem.status(), problem);
      } catch (SQLException | RuntimeException unforeseen) {
        answer = new Answer(500, new HttpProblem(500, "Internal error", "the shop is at fault"));
      }
      send(exchange, answer);
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    boolean problem = answer.body() instanceof HttpProblem;
    byte[] bytes =
        json.writeValueAsBytes(
            answer.body() instanceof HttpProblem wrong ? wrong.members() : answer.body());
    exchange
        .getResponseHeaders()
        .set("Content-Type", problem ? "application/problem+json" : "application/json");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer route(HttpExchange exchange) throws IOException, SQLException {
    String path = exchange.getRequestURI().getPath();
    Matcher product = PRODUCT.matcher(path);
    Matcher order = ORDER.matcher(path);
    Matcher ship = SHIP.matcher(path);
    if (path.equals("/health")) {
      return get(exchange, Map.of("status", "up"));
    }
    if (path.equals("/products")) {
      allow(exchange, "GET", "HEAD");
      pause(settings.slowMillis());
      return new Answer(200, book.products());
    }
    if (product.matches()) {
      allow(exchange, "GET", "HEAD");
      return new Answer(200, product(number(product.group(1))));
    }
    if (path.equals("/orders")) {
      allow(exchange, "GET", "HEAD", "POST");
      return exchange.getRequestMethod().equals("POST")
          ? place(exchange)
          : new Answer(200, book.orders(limit(exchange)));
    }
    if (order.matches()) {
      allow(exchange, "GET", "HEAD");
      return new Answer(200, order(number(order.group(1))));
    }
    if (ship.matches()) {
      allow(exchange, "POST");
      return ship(exchange, number(ship.group(1)));
    }
    if (path.equals("/stats")) {
      allow(exchange, "GET", "HEAD");
      return new Answer(200, book.stats());
    }
    throw new HttpProblem(404, "Not found", "there is nothing at " + path);
  }

  private static Answer get(HttpExchange exchange, Object body) {
    allow(exchange, "GET", "HEAD");
    return new Answer(200, body);
  }

  private static void allow(HttpExchange exchange, String... methods) {
    for (String method : methods) {
      if (method.equals(exchange.getRequestMethod())) {
        return;
      }
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
    throw new HttpProblem(
        405,
        "Method not allowed",
        exchange.getRequestMethod() + " is not one of " + String.join(", ", methods));
  }

  private Product product(long id) throws SQLException {
    return book.product(id)
        .orElseThrow(() -> new HttpProblem(404, "Not found", "there is no product " + id));
  }

  private Order order(long id) throws SQLException {
    return book.order(id)
        .orElseThrow(() -> new HttpProblem(404, "Not found", "there is no order " + id));
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new HttpProblem(404, "Not found", "'" + text + "' is no id");
    }
    return Long.parseLong(text);
  }

  private static int limit(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    if (query == null || query.isEmpty()) {
      return 20;
    }
    Matcher limit = Pattern.compile("limit=(\\d{1,4})").matcher(query);
    int value = limit.matches() ? Integer.parseInt(limit.group(1)) : 0;
    if (value < 1 || value > 100) {
      throw new HttpProblem(400, "Bad request", "the query is limit=N with N from 1 to 100");
    }
    return value;
  }

  private Answer place(HttpExchange exchange) throws IOException, SQLException {
    if (settings.ordersBroken()) {
      throw new HttpProblem(500, "Internal error", "the shop takes no orders");
    }
    JsonNode order = body(exchange);
    long product = whole(order, "product");
    long quantity = whole(order, "quantity");
    if (quantity < 1 || quantity > OrderBook.MOST) {
      throw new HttpProblem(
          400, "Bad request", "quantity is 1 to " + OrderBook.MOST + ", not " + quantity);
    }
    Product wanted =
        book.product(product)
            .orElseThrow(
                () -> new HttpProblem(400, "Bad request", "there is no product " + product));
    Order placed = book.place(wanted, (int) quantity);
    exchange.getResponseHeaders().set("Location", "/orders/" + placed.id());
    return new Answer(201, placed);
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
      throw new HttpProblem(415, "Unsupported media type", "send application/json, not " + type);
    }
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new HttpProblem(413, "Too large", "an order is at most " + LARGEST_BODY + " bytes");
    }
    try {
      JsonNode body = json.readTree(bytes);
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException broken) {
      throw new HttpProblem(400, "Bad request", "the body is not JSON");
    }
    throw new HttpProblem(400, "Bad request", "the body is not a JSON object");
  }

  /** A whole number; one in a text counts too, as forms and templates send them. */
  private static long whole(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value != null && value.isTextual() && value.textValue().matches("\\d{1,18}")) {
      return Long.parseLong(value.textValue());
    }
    throw new HttpProblem(400, "Bad request", name + " is a whole number, not " + value);
  }

  private Answer ship(HttpExchange exchange, long id) throws SQLException {
    String wanted = settings.token();
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (!wanted.isEmpty() && !same("Bearer " + wanted, String.valueOf(shown))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new HttpProblem(401, "Unauthorized", "shipping needs the shop's token");
    }
    order(id);
    if (!book.move(id, "placed", "packing")) {
      throw new HttpProblem(409, "Conflict", "order " + id + " is under way already");
    }
    packing.schedule(() -> packed(id), PACKING_MILLIS, TimeUnit.MILLISECONDS);
    return new Answer(202, order(id));
  }

  private void packed(long id) {
    try {
      book.move(id, "packing", "shipped");
    } catch (SQLException unwritten) {
      System.err.println("order " + id + " stays in packing: " + unwritten.getMessage());
    }
  }

  private static boolean same(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        actual.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
