package dev.assay.server.audit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Entries as a file that is taken along, or read by programs. */
public enum AuditFile {
  /** One object a line, with what is chained, so that the chain can be recomputed from the file. */
  JSONL("application/x-ndjson"),
  /** For spreadsheets (RFC 4180). */
  CSV("text/csv;charset=UTF-8");

  private static final String HEAD = "sequence,at,who,from,action,project,target,detail,hash\r\n";

  private final String type;

  AuditFile(String type) {
    this.type = type;
  }

  /** The one that is called so; JSON Lines for any other word. */
  public static AuditFile of(String format) {
    return format.equals("csv") ? CSV : JSONL;
  }

  /** Its media type. */
  public String type() {
    return type;
  }

  /** What the file is called. */
  public String fileName() {
    return this == CSV ? "audit.csv" : "audit.jsonl";
  }

  /**
   * Writes all entries that are wanted, the newest first, a few at a time.
   *
   * @throws UncheckedIOException if whoever takes them is gone
   */
  public void write(AuditLog audit, AuditFilter filter, OutputStream out) {
    if (this == CSV) {
      write(out, HEAD);
    }
    audit.each(
        filter,
        entry -> write(out, this == CSV ? row(entry) : JsonWriter.canonical(json(entry)) + "\n"));
  }

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** An entry with what is chained. */
  public static Json.Obj json(AuditEntry entry) {
    return Json.object()
        .put("sequence", entry.sequence())
        .put("at", entry.at().toString())
        .put("who", entry.who())
        .put("from", entry.from())
        .put("action", entry.action())
        .putIfPresent("project", entry.project())
        .put("target", entry.target())
        .put("detail", Json.texts(Map.copyOf(entry.detail())))
        .put("chained", entry.body())
        .put("hash", entry.hash())
        .build();
  }

  private static String row(AuditEntry entry) {
    String project = entry.project();
    return String.join(
            ",",
            String.valueOf(entry.sequence()),
            entry.at().toString(),
            cell(entry.who()),
            cell(entry.from()),
            cell(entry.action()),
            cell(project == null ? "" : project),
            cell(entry.target()),
            cell(entry.details()),
            entry.hash())
        + "\r\n";
  }

  /** Quoted (RFC 4180); what a spreadsheet would take for a formula is made a text. */
  private static String cell(String text) {
    String safe = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
