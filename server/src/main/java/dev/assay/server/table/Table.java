package dev.assay.server.table;

import dev.assay.api.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of things of one kind. Immutable.
 *
 * @param name what the things are, one word, as in the interface: {@code runs}
 * @param caption what it shows, for whoever cannot see where it stands
 * @param columns what is known of each
 * @param rows one for each, a cell for each column
 * @param next the cursor of the rest; null where there is none
 */
public record Table(
    String name,
    String caption,
    List<Column> columns,
    List<List<Cell>> rows,
    @Nullable String next) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A column. Immutable.
   *
   * @param key its name for programs
   * @param title for people
   * @param number whether it has numbers
   * @param aside whether it is exported only: a page says the same in another column
   */
  public record Column(String key, String title, boolean number, boolean aside) {

    /** Of words. */
    public static Column of(String key, String title) {
      return new Column(key, title, false, false);
    }

    /** Of numbers. */
    public static Column number(String key, String title) {
      return new Column(key, title, true, false);
    }

    /** Of words that only an export has. */
    public static Column aside(String key, String title) {
      return new Column(key, title, false, true);
    }
  }

  /** The same without a column, where nothing stands in it in any row. */
  public Table withoutBlank(String key) {
    int at = columns.stream().map(Column::key).toList().indexOf(key);
    if (at < 0 || rows.stream().anyMatch(row -> !row.get(at).text().isEmpty())) {
      return this;
    }
    return new Table(
        name,
        caption,
        without(columns, at),
        rows.stream().map(row -> without(row, at)).toList(),
        next);
  }

  private static <T> List<T> without(List<T> all, int at) {
    List<T> rest = new java.util.ArrayList<>(all);
    T _ = rest.remove(at);
    return rest;
  }

  /** As JSON: an array under the table's name, and the cursor of the rest. */
  public Json.Obj json() {
    return Json.object()
        .put(name, Json.array(rows.stream().map(this::json).toList()))
        .putIfPresent("next", next)
        .build();
  }

  private Json json(List<Cell> row) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      members.put(columns.get(i).key(), row.get(i).value());
    }
    return new Json.Obj(members);
  }

  /** As CSV (RFC 4180), of which no spreadsheet takes a cell for a formula. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    line(csv, columns.stream().map(Column::key).toList());
    for (List<Cell> row : rows) {
      line(csv, row.stream().map(Table::plain).toList());
    }
    return csv.toString();
  }

  private static String plain(Cell cell) {
    return switch (cell.value()) {
      case Json.Text text -> text.value();
      case Json.Whole whole -> Long.toString(whole.value());
      case Json.Null _ -> "";
      default -> cell.text();
    };
  }

  private static void line(StringBuilder csv, List<String> cells) {
    String separator = "";
    for (String cell : cells) {
      csv.append(separator).append(quoted(cell));
      separator = ",";
    }
    csv.append("\r\n");
  }

  private static String quoted(String cell) {
    boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
    boolean number = cell.matches("-?[0-9.]+");
    String safe = formula && !number ? "'" + cell : cell;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
