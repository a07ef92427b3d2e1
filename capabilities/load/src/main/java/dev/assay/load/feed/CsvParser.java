package dev.assay.load.feed;

import dev.assay.load.extract.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads CSV from bytes (RFC 4180). Used once. */
final class CsvParser {

  private static final int LONGEST_ROW = 1 << 26;
  private static final int LONGEST_VALUE = 1 << 20;

  private enum State {
    VALUE_START,
    PLAIN,
    QUOTED,
    AFTER_QUOTE
  }

  private final SourceFile file;
  private final RowStore.Builder rows = new RowStore.Builder();
  private final Bytes values = new Bytes(LONGEST_ROW);
  private int[] ends = new int[16];
  private int count;
  private List<String> columns = List.of();
  private boolean header = true;
  private byte delimiter;

  private State state = State.VALUE_START;
  private long line = 1;
  private long rowLine = 1;
  private long quoteLine = 1;
  private boolean quoted;
  private boolean afterReturn;
  private boolean broken;

  CsvParser(SourceFile file) {
    this.file = file;
  }

  CsvRecords read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(1 << 16);
    int from = markEnd(start);
    delimiter = delimiter(start, from);
    parse(start, from, start.length);
    byte[] chunk = new byte[1 << 16];
    for (int many = in.read(chunk); many >= 0; many = in.read(chunk)) {
      parse(chunk, 0, many);
    }
    end();
    file.check();
    if (columns.isEmpty()) {
      throw file.empty("is empty");
    }
    if (rows.rows() == 0) {
      throw file.empty("has a line of names but no values");
    }
    return new CsvRecords(columns, rows.build());
  }

  private int markEnd(byte[] start) {
    boolean wide =
        start.length >= 2
            && (start[0] == (byte) 0xFE && start[1] == (byte) 0xFF
                || start[0] == (byte) 0xFF && start[1] == (byte) 0xFE);
    if (wide) {
      throw file.encoding(1, "a mark that says UTF-16");
    }
    boolean mark =
        start.length >= 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  /** The delimiter that the first line has most of; where it has none of them, a comma. */
  private static byte delimiter(byte[] start, int from) {
    byte[] possible = {',', ';', '\t'};
    int[] times = new int[possible.length];
    boolean inQuotes = false;
    boolean named = false;
    for (int at = from; at < start.length; at++) {
      byte b = start[at];
      if (b == '"') {
        inQuotes = !inQuotes;
      } else if (!inQuotes && (b == '\n' || b == '\r')) {
        if (named) {
          break;
        }
      } else if (!inQuotes) {
        for (int i = 0; i < possible.length; i++) {
          times[i] += b == possible[i] ? 1 : 0;
        }
      }
      named |= b != '\n' && b != '\r';
    }
    int most = 0;
    for (int i = 1; i < possible.length; i++) {
      most = times[i] > times[most] ? i : most;
    }
    return possible[most];
  }

  private void parse(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (afterReturn) {
        afterReturn = false;
        if (b == '\n') {
          at++;
          continue;
        }
      }
      at =
          switch (state) {
            case VALUE_START -> valueStart(b, at);
            case PLAIN -> plain(bytes, at, to);
            case QUOTED -> quoted(bytes, at, to);
            case AFTER_QUOTE -> afterQuote(b, at);
          };
    }
  }

  private int valueStart(byte b, int at) {
    if (b == '"') {
      quoted = true;
      quoteLine = line;
      state = State.QUOTED;
      return at + 1;
    }
    state = State.PLAIN;
    return at;
  }

  private int plain(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    add(bytes, from, at);
    return at < to ? separator(bytes[at], at) : at;
  }

  private int quoted(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '"') {
      line += bytes[at] == '\n' ? 1 : 0;
      at++;
    }
    add(bytes, from, at);
    if (at < to) {
      state = State.AFTER_QUOTE;
      return at + 1;
    }
    return at;
  }

  private int afterQuote(byte b, int at) {
    if (b == '"') {
      values.append(b);
      state = State.QUOTED;
      return at + 1;
    }
    if (b == delimiter || b == '\n' || b == '\r') {
      return separator(b, at);
    }
    if (!broken) {
      file.add(
          FeedProblems.ROW.at(
              file.at(line, 1, ""),
              "value " + (count + 1) + " goes on after its closing quote",
              "put the whole value into quotes, and double each quote inside it"));
      broken = true;
    }
    state = State.PLAIN;
    return at;
  }

  private int separator(int b, int at) {
    endOfValue();
    if (b == delimiter) {
      return at + 1;
    }
    afterReturn = b == '\r';
    endOfRow();
    line++;
    rowLine = line;
    return at + 1;
  }

  private void add(byte[] bytes, int from, int to) {
    values.append(bytes, from, to);
    if (values.overflowed()) {
      throw file.tooLarge(
          state == State.QUOTED
              ? "the value whose quote opens in line " + quoteLine + " does not end"
              : "the row in line " + rowLine + " has more than 64 MiB");
    }
  }

  private void endOfValue() {
    int before = count == 0 ? 0 : ends[count - 1];
    if (values.length() - before > LONGEST_VALUE) {
      throw file.tooLarge("a value in line " + rowLine + " has more than 1 MiB");
    }
    if (count == ends.length) {
      if (count >= SourceFile.MOST_COLUMNS) {
        throw file.tooLarge("line " + rowLine + " has more than 1,000 values");
      }
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = values.length();
    state = State.VALUE_START;
  }

  private void endOfRow() {
    boolean blank = count == 1 && values.length() == 0 && !quoted;
    if (!blank && !broken) {
      checkText();
      if (header) {
        names();
        header = false;
      } else if (count == columns.size()) {
        row();
      } else {
        columnsDiffer();
      }
    }
    values.clear();
    count = 0;
    quoted = false;
    broken = false;
  }

  private void checkText() {
    byte[] bytes = values.array();
    boolean plain = true;
    for (int i = 0; i < values.length(); i++) {
      plain &= bytes[i] > 0;
    }
    if (!plain && file.text(bytes, 0, values.length(), rowLine).indexOf(0) >= 0) {
      throw file.encoding(rowLine, "a NUL character, as UTF-16 text has");
    }
  }

  private void row() {
    if (rows.rows() == SourceFile.MOST_ROWS) {
      throw file.tooLarge("it has more than 100 million rows");
    }
    rows.add(values.array(), ends, count);
  }

  private void names() {
    List<String> names = new ArrayList<>();
    Set<String> known = new HashSet<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      String name = file.text(values.array(), from, ends[i], rowLine).strip();
      from = ends[i];
      if (name.isEmpty()) {
        file.add(
            FeedProblems.HEADER.at(
                file.at(rowLine, 1, ""),
                "column " + (i + 1) + " has no name",
                "write a name for it, or remove the delimiter that begins it"));
      } else if (!known.add(name)) {
        file.add(
            FeedProblems.HEADER.at(
                file.at(rowLine, 1, ""),
                "the column '" + name + "' is there twice",
                "give the second one another name"));
      }
      names.add(name);
    }
    file.check();
    columns = names;
  }

  private void columnsDiffer() {
    file.add(
        FeedProblems.ROW.at(
            file.at(rowLine, 1, ""),
            "this row has "
                + (count == 1 ? "1 value" : count + " values")
                + ", the header names "
                + columns.size(),
            count > columns.size()
                ? "put values that contain " + delimiterName() + " into double quotes"
                : "add the missing values; an empty one needs its delimiter, " + delimiterName()));
  }

  private String delimiterName() {
    return delimiter == ',' ? "a comma" : delimiter == ';' ? "a semicolon" : "a tab";
  }

  private void end() {
    if (state == State.QUOTED) {
      file.add(
          FeedProblems.ROW.at(
              file.at(quoteLine, 1, ""),
              "a quote that opens in line " + quoteLine + " is never closed",
              "close it, or double the quote where it belongs to the value"));
      return;
    }
    if (count > 0 || values.length() > 0 || quoted) {
      separator('\n', 0);
    }
  }
}
