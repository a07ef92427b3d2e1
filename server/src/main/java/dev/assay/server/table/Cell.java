package dev.assay.server.table;

import dev.assay.api.json.Json;
import dev.assay.api.verdict.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One value of a table. Immutable.
 *
 * @param text for people
 * @param value for programs
 * @param look how it is shown: text, code, badge or time
 * @param tone its colour: pass, fail, open, live or waiting; empty for none
 * @param link where it leads; null for nowhere
 * @param since from when on a badge holds, in UTC, for people only; null where that is not told
 */
public record Cell(
    String text,
    Json value,
    Look look,
    String tone,
    @Nullable String link,
    @Nullable String since) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** How a value is shown. */
  public enum Look {
    /** As it is. */
    TEXT,
    /** As something to type or to copy. */
    CODE,
    /** As a word in its colour. */
    BADGE,
    /** In the reader's own zone. */
    TIME
  }

  /** A text. */
  public static Cell text(@Nullable String text) {
    String shown = text == null ? "" : text;
    return new Cell(
        shown, text == null ? Json.Null.VALUE : Json.of(text), Look.TEXT, "", null, null);
  }

  /** A digest or an id. */
  public static Cell code(String shown, @Nullable String whole) {
    return new Cell(
        shown, whole == null ? Json.Null.VALUE : Json.of(whole), Look.CODE, "", null, null);
  }

  /** A number. */
  public static Cell number(long value) {
    return number(value, dev.assay.core.report.Words.grouped(value));
  }

  /** A number that people read otherwise. */
  public static Cell number(long value, String shown) {
    return new Cell(shown, Json.of(value), Look.TEXT, "", null, null);
  }

  /** A moment. */
  public static Cell time(Instant at) {
    return new Cell(TIME.format(at), Json.of(at.toString()), Look.TIME, "", null, null);
  }

  /** A day. */
  public static Cell day(LocalDate day) {
    return text(day.toString());
  }

  /** A word in a colour. */
  public static Cell badge(String word, String tone) {
    return new Cell(word, Json.of(word), Look.BADGE, tone, null, null);
  }

  /** A word in a colour, and from when on it holds. */
  public static Cell badge(String word, String tone, Instant since) {
    return new Cell(word, Json.of(word), Look.BADGE, tone, null, TIME.format(since));
  }

  /** A decision. */
  public static Cell decision(Decision decision) {
    return badge(decision.word(), tone(decision));
  }

  /** The colour of a decision. */
  public static String tone(Decision decision) {
    return switch (decision) {
      case PASS -> "pass";
      case FAIL -> "fail";
      case INCONCLUSIVE, STALE, NOT_RUN -> "open";
    };
  }

  /** The same, leading somewhere. */
  public Cell to(String address) {
    return new Cell(text, value, look, tone, address, since);
  }
}
