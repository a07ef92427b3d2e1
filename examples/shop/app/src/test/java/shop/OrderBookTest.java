package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderBookTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private OrderBook book;

  @BeforeEach
  void open() throws SQLException {
    book = new OrderBook(folder.resolve("shop.db"), NOON);
  }

  @AfterEach
  void close() {
    book.close();
  }

  private Product espresso() throws SQLException {
    return book.product(1).orElseThrow();
  }

  @Test
  void aNewBookHasTwelveProductsAndNoOrder() throws SQLException {
    assertEquals(12, book.products().size());
    assertEquals(List.of(), book.orders(10));
  }

  @Test
  void everyProductCostsSomething() throws SQLException {
    assertTrue(book.products().stream().allMatch(product -> product.price() > 0));
  }

  @Test
  void anUnknownProductIsNotThere() throws SQLException {
    assertTrue(book.product(999).isEmpty());
  }

  @Test
  void anOrderCostsPriceTimesQuantity() throws SQLException {
    assertEquals(espresso().price() * 3, book.place(espresso(), 3).total());
  }

  @Test
  void aPlacedOrderCanBeReadAgain() throws SQLException {
    Order placed = book.place(espresso(), 2);
    assertEquals(placed, book.order(placed.id()).orElseThrow());
    assertEquals("2026-03-01T12:00:00Z", placed.at());
  }

  @Test
  void quantitiesOutsideTheRangeAreRefused() throws SQLException {
    Product espresso = espresso();
    assertThrows(IllegalArgumentException.class, () -> book.place(espresso, 0));
    assertThrows(IllegalArgumentException.class, () -> book.place(espresso, 101));
  }

  @Test
  void theNewestOrdersComeFirst() throws SQLException {
    for (int i = 1; i <= 5; i++) {
      book.place(espresso(), i);
    }
    assertEquals(List.of(5, 4, 3), book.orders(3).stream().map(Order::quantity).toList());
  }

  @Test
  void anOrderMovesOnOnce() throws SQLException {
    long id = book.place(espresso(), 1).id();
    assertTrue(book.move(id, "placed", "packing"));
    assertFalse(book.move(id, "placed", "packing"));
    assertEquals("packing", book.order(id).orElseThrow().state());
  }

  @Test
  void statsCountOrdersAndMoney() throws SQLException {
    long id = book.place(espresso(), 2).id();
    book.place(espresso(), 1);
    book.move(id, "placed", "shipped");
    assertEquals(2, book.stats().get("orders"));
    assertEquals(1, book.stats().get("shipped"));
    assertEquals(espresso().price() * 3, book.stats().get("revenue"));
  }

  @Test
  void ordersSurviveReopening() throws SQLException {
    long id = book.place(espresso(), 4).id();
    book.close();
    book = new OrderBook(folder.resolve("shop.db"), NOON);
    assertEquals(4, book.order(id).orElseThrow().quantity());
    assertEquals(12, book.products().size());
  }

  @Test
  void ordersFromManyThreadsAllGetTheirOwnId() throws SQLException {
    Product espresso = espresso();
    long ids =
        IntStream.range(0, 200)
            .parallel()
            .mapToLong(
                i -> {
                  try {
                    return book.place(espresso, 1).id();
                  } catch (SQLException broken) {
                    throw new IllegalStateException(broken);
                  }
                })
            .distinct()
            .count();
    assertEquals(200, ids);
    assertEquals(200, book.stats().get("orders"));
  }
}
