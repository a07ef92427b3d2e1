package dev.assay.server.page;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.server.table.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * A table on a page: with links to the rest of it, and to all of it as CSV and as JSON. Immutable.
 *
 * @param table the table
 * @param more where the next page is; null where there is none
 * @param csv where it is as CSV
 * @param json where it is as JSON
 */
public record Listed(Table table, @Nullable String more, String csv, String json) {

  /** How many rows are exported at once. */
  public static final int EXPORTED = 10_000;

  /**
   * A table of a page.
   *
   * @param path of the page
   * @param asked what was asked of it, in order; blank values are left out
   * @param part which table of the page it is; empty for its only one
   */
  public static Listed of(Table table, String path, Map<String, String> asked, String part) {
    String next = table.next();
    return new Listed(
        table,
        next == null ? null : address(path, with(asked, Map.of("before", next))),
        address(path, with(asked, Map.of("format", "csv", "part", part))),
        address(path, with(asked, Map.of("format", "json", "part", part))));
  }

  static Listed of(Table table, String path) {
    return of(table, path, Map.of(), "");
  }

  private static Map<String, String> with(Map<String, String> asked, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(asked);
    all.putAll(new java.util.TreeMap<>(more));
    return all;
  }

  /** An address with what is asked; blank values are left out. */
  public static String address(String path, Map<String, String> asked) {
    StringBuilder address = new StringBuilder(path);
    char separator = path.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, String> one : asked.entrySet()) {
      if (!one.getValue().isBlank()) {
        address
            .append(separator)
            .append(one.getKey())
            .append('=')
            .append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
        separator = '&';
      }
    }
    return address.toString();
  }

  /** A table that is made only where a format is asked for. */
  public static @Nullable ResponseEntity<String> file(
      @Nullable String format, Supplier<Table> table) {
    return format == null ? null : file(format, table.get());
  }

  /** The table as a file, where a format is asked for; null where a page is. */
  public static @Nullable ResponseEntity<String> file(@Nullable String format, Table table) {
    if (format == null || !format.equals("csv") && !format.equals("json")) {
      return null;
    }
    return format.equals("csv")
        ? file(table.name() + ".csv", "text/csv;charset=UTF-8", table.csv())
        : json(table.name(), table.json());
  }

  /** Something that is no table, as a file. */
  static ResponseEntity<String> json(String name, Json value) {
    return file(name + ".json", "application/json", JsonWriter.canonical(value));
  }

  private static ResponseEntity<String> file(String name, String type, String body) {
    return ResponseEntity.ok()
        .header("Content-Type", type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Cache-Control", "no-store")
        .body(body);
  }
}
