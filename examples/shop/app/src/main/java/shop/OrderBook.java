package shop;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Products and orders in a SQLite file. One connection writes, a few read beside it (WAL).
 * Thread-safe.
 */
public final class OrderBook implements AutoCloseable {

  /** The most of one product in an order. */
  public static final int MOST = 100;

  private static final int READERS = 4;
  private static final List<Product> ASSORTMENT =
      List.of(
          new Product(1, "espresso", 220),
          new Product(2, "cappuccino", 340),
          new Product(3, "flat white", 390),
          new Product(4, "filter coffee", 280),
          new Product(5, "black tea", 250),
          new Product(6, "green tea", 260),
          new Product(7, "hot chocolate", 360),
          new Product(8, "croissant", 210),
          new Product(9, "cheesecake", 450),
          new Product(10, "apple cake", 420),
          new Product(11, "beans, 250 g", 890),
          new Product(12, "mug", 1250));

  private final Clock clock;
  private final String url;
  private final Connection writer;
  private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);

  /** Opens the file, and creates it where it is not there. */
  public OrderBook(Path file, Clock clock) throws SQLException {
    this.clock = clock;
    this.url = "jdbc:sqlite:" + file.toAbsolutePath();
    this.writer = open();
    try (Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS product"
              + " (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price INTEGER NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS purchase (id INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " product INTEGER NOT NULL REFERENCES product, quantity INTEGER NOT NULL,"
              + " total INTEGER NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL)");
    }
    seed();
    for (int i = 0; i < READERS; i++) {
      readers.add(open());
    }
  }

  private Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("PRAGMA foreign_keys = ON");
    }
    return connection;
  }

  private void seed() throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT OR IGNORE INTO product VALUES (?, ?, ?)")) {
      for (Product product : ASSORTMENT) {
        insert.setLong(1, product.id());
        insert.setString(2, product.name());
        insert.setLong(3, product.price());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** All products by id. */
  public List<Product> products() throws SQLException {
    return read("SELECT id, name, price FROM product ORDER BY id", OrderBook::product);
  }

  /** One product. */
  public Optional<Product> product(long id) throws SQLException {
    return read("SELECT id, name, price FROM product WHERE id = ?", OrderBook::product, id).stream()
        .findFirst();
  }

  /** The newest orders first. */
  public List<Order> orders(int limit) throws SQLException {
    return read("SELECT * FROM purchase ORDER BY id DESC LIMIT ?", OrderBook::order, limit);
  }

  /** One order. */
  public Optional<Order> order(long id) throws SQLException {
    return read("SELECT * FROM purchase WHERE id = ?", OrderBook::order, id).stream().findFirst();
  }

  /** Places an order. */
  public Order place(Product product, int quantity) throws SQLException {
    if (quantity < 1 || quantity > MOST) {
      throw new IllegalArgumentException("quantity is 1 to " + MOST + ", not " + quantity);
    }
    long total = product.price() * quantity;
    String at = clock.instant().toString();
    synchronized (writer) {
      try (PreparedStatement insert =
          writer.prepareStatement(
              "INSERT INTO purchase (product, quantity, total, state, at)"
                  + " VALUES (?, ?, ?, 'placed', ?) RETURNING id")) {
        insert.setLong(1, product.id());
        insert.setInt(2, quantity);
        insert.setLong(3, total);
        insert.setString(4, at);
        try (ResultSet rows = insert.executeQuery()) {
          rows.next();
          return new Order(rows.getLong(1), product.id(), quantity, total, "placed", at);
        }
      }
    }
  }

  /**
   * Moves an order on.
   *
   * @return whether it was in the first state
   */
  public boolean move(long id, String from, String to) throws SQLException {
    synchronized (writer) {
      try (PreparedStatement update =
          writer.prepareStatement("UPDATE purchase SET state = ? WHERE id = ? AND state = ?")) {
        update.setString(1, to);
        update.setLong(2, id);
        update.setString(3, from);
        return update.executeUpdate() == 1;
      }
    }
  }

  /** How much was sold. */
  public Map<String, Long> stats() throws SQLException {
    return read(
            "SELECT count(*), coalesce(sum(state = 'shipped'), 0), coalesce(sum(total), 0)"
                + " FROM purchase",
            rows -> {
              Map<String, Long> stats = new LinkedHashMap<>();
              stats.put("orders", rows.getLong(1));
              stats.put("shipped", rows.getLong(2));
              stats.put("revenue", rows.getLong(3));
              return stats;
            })
        .get(0);
  }

  @Override
  public void close() {
    synchronized (writer) {
      try {
        for (Connection reader : readers) {
          reader.close();
        }
        writer.close();
      } catch (SQLException unclosed) {
        throw new IllegalStateException(unclosed);
      }
    }
  }

  private interface Row<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T> List<T> read(String query, Row<T> row, long... values) throws SQLException {
    Connection reader = take();
    try (PreparedStatement select = reader.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        select.setLong(i + 1, values[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row.of(rows));
        }
      }
      return found;
    } finally {
      readers.add(reader);
    }
  }

  private Connection take() throws SQLException {
    try {
      return readers.take();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", stopped);
    }
  }

  private static Product product(ResultSet rows) throws SQLException {
    return new Product(rows.getLong(1), rows.getString(2), rows.getLong(3));
  }

  private static Order order(ResultSet rows) throws SQLException {
    return new Order(
        rows.getLong("id"),
        rows.getLong("product"),
        rows.getInt("quantity"),
        rows.getLong("total"),
        rows.getString("state"),
        rows.getString("at"));
  }
}
