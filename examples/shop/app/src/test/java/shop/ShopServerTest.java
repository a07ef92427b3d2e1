package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopServerTest {

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private OrderBook book;
  private ShopServer server;

  @BeforeEach
  void open() throws Exception {
    open(Map.of("SHOP_TOKEN", "t0ken"));
  }

  private void open(Map<String, String> environment) throws Exception {
    book = new OrderBook(folder.resolve("shop.db"), Clock.systemUTC());
    server = new ShopServer(0, book, Shop.Settings.of(environment));
  }

  @AfterEach
  void close() {
    server.close();
    book.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.url().resolve(path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(to(path));
  }

  private HttpResponse<String> order(String body) throws Exception {
    return send(
        to("/orders").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> ship(String path, String token) throws Exception {
    return send(
        to(path).header("Authorization", "Bearer " + token).POST(BodyPublishers.noBody()));
  }

  private void assertProblem(int status, HttpResponse<String> response) throws Exception {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals(status, json.readTree(response.body()).get("status").intValue());
  }

  @Test
  void itIsUp() throws Exception {
    assertEquals("up", json.readTree(get("/health").body()).get("status").textValue());
  }

  @Test
  void productsAreListed() throws Exception {
    JsonNode products = json.readTree(get("/products").body());
    assertEquals(12, products.size());
    assertEquals("espresso", products.get(0).get("name").textValue());
  }

  @Test
  void oneProductIsShown() throws Exception {
    assertEquals(1250, json.readTree(get("/products/12").body()).get("price").longValue());
  }

  @Test
  void anUnknownProductIsNotFound() throws Exception {
    assertProblem(404, get("/products/99"));
    assertProblem(404, get("/products/espresso"));
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertProblem(404, get("/nowhere"));
  }

  @Test
  void anOrderIsCreatedWithItsLocation() throws Exception {
    HttpResponse<String> created = order("{\"product\": 1, \"quantity\": 2}");
    assertEquals(201, created.statusCode());
    String location = created.headers().firstValue("Location").orElseThrow();
    assertEquals(created.body(), get(location).body());
    assertEquals(440, json.readTree(created.body()).get("total").longValue());
  }

  @Test
  void numbersInTextsAreAccepted() throws Exception {
    assertEquals(201, order("{\"product\": \"1\", \"quantity\": \"2\"}").statusCode());
  }

  @Test
  void anOrderOfAnUnknownProductIsRefused() throws Exception {
    assertProblem(400, order("{\"product\": 99, \"quantity\": 1}"));
  }

  @Test
  void anOrderOfNothingOrTooMuchIsRefused() throws Exception {
    assertProblem(400, order("{\"product\": 1, \"quantity\": 0}"));
    assertProblem(400, order("{\"product\": 1, \"quantity\": 101}"));
    assertProblem(400, order("{\"product\": 1}"));
  }

  @Test
  void aBodyThatIsNoJsonIsRefused() throws Exception {
    assertProblem(400, order("{\"product\": "));
    assertProblem(400, order("[]"));
    assertProblem(400, order(""));
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() throws Exception {
    assertProblem(
        415,
        send(
            to("/orders")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"product\": 1, \"quantity\": 1}"))));
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertProblem(413, order(" ".repeat(ShopServer.LARGEST_BODY + 1)));
  }

  @Test
  void anotherMethodIsNotAllowed() throws Exception {
    HttpResponse<String> refused = send(to("/products").DELETE());
    assertProblem(405, refused);
    assertEquals("GET, HEAD", refused.headers().firstValue("Allow").orElse(""));
  }

  @Test
  void headAnswersWithoutABody() throws Exception {
    HttpResponse<String> head =
        send(to("/products").method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
  }

  @Test
  void ordersAreListedUpToTheLimit() throws Exception {
    for (int i = 0; i < 3; i++) {
      order("{\"product\": 1, \"quantity\": 1}");
    }
    assertEquals(2, json.readTree(get("/orders?limit=2").body()).size());
    assertEquals(3, json.readTree(get("/orders").body()).size());
  }

  @Test
  void aLimitOutsideTheRangeIsRefused() throws Exception {
    assertProblem(400, get("/orders?limit=0"));
    assertProblem(400, get("/orders?limit=101"));
    assertProblem(400, get("/orders?limit=many"));
  }

  @Test
  void shippingNeedsTheToken() throws Exception {
    String order = order("{\"product\": 1, \"quantity\": 1}").headers().firstValue("Location").get();
    assertProblem(401, ship(order + "/ship", "wrong"));
  }

  @Test
  void anOrderIsPackedAndThenShipped() throws Exception {
    String order = order("{\"product\": 1, \"quantity\": 1}").headers().firstValue("Location").get();
    HttpResponse<String> accepted = ship(order + "/ship", "t0ken");
    assertEquals(202, accepted.statusCode());
    assertEquals("packing", json.readTree(accepted.body()).get("state").textValue());
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    String state = "";
    while (!state.equals("shipped") && System.nanoTime() < end) {
      state = json.readTree(get(order).body()).get("state").textValue();
    }
    assertEquals("shipped", state);
    assertProblem(409, ship(order + "/ship", "t0ken"));
  }

  @Test
  void anUnknownOrderCannotBeShipped() throws Exception {
    assertProblem(404, ship("/orders/77/ship", "t0ken"));
  }

  @Test
  void statsGrowWithOrders() throws Exception {
    order("{\"product\": 12, \"quantity\": 2}");
    JsonNode stats = json.readTree(get("/stats").body());
    assertEquals(1, stats.get("orders").longValue());
    assertEquals(2500, stats.get("revenue").longValue());
  }

  @Test
  void aBrokenShopSaysSo() throws Exception {
    close();
    open(Map.of("SHOP_BROKEN", "orders-500"));
    assertProblem(500, order("{\"product\": 1, \"quantity\": 1}"));
    assertEquals(200, get("/products").statusCode());
  }

  @Test
  void aSlowShopIsSlow() throws Exception {
    close();
    open(Map.of("SHOP_SLOW_MS", "50"));
    long start = System.nanoTime();
    assertEquals(200, get("/products").statusCode());
    assertTrue(System.nanoTime() - start >= 50_000_000L);
  }
}
