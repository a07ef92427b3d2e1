package dev.assay.load.feed;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Where;
import dev.assay.load.extract.BodyPlan;
import dev.assay.load.extract.BodyReader;
import dev.assay.load.extract.Bytes;
import dev.assay.load.extract.Probe;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The objects of a JSON Lines file, one on each line that is not blank. The columns are all members
 * that any of them has. A text is the value itself; a number or truth value is as it is written; an
 * object or array is its JSON; a member that is {@code null} or missing is the empty text.
 * Immutable, thread-safe.
 */
public final class JsonLineRecords implements Records {

  private static final int LONGEST_LINE = 1 << 26;
  private static final int LONGEST_NAME = 200;

  private final List<String> columns;
  private final RowStore rows;

  private JsonLineRecords(List<String> columns, RowStore rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /**
   * Reads a file whole.
   *
   * @param path where it is
   * @param shown its name as the user wrote it
   * @param where the place that names it, for problems of the file as a whole
   * @throws dev.assay.api.problem.ProblemException with up to five problems of {@link FeedProblems}
   */
  public static JsonLineRecords read(Path path, String shown, Where where) {
    SourceFile file = new SourceFile(path, shown, where);
    try (InputStream in = new BufferedInputStream(file.open(), 1 << 16)) {
      return new Reading(file).read(in);
    } catch (IOException broken) {
      throw file.unreadable(broken);
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public long rows() {
    return rows.rows();
  }

  @Override
  public void write(long row, int column, Bytes out) {
    rows.write(row, column, out);
  }

  /** One reading of a file. */
  private static final class Reading {

    private final SourceFile file;
    private final RowStore.Builder rows = new RowStore.Builder();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Bytes bytes = new Bytes(LONGEST_LINE);
    private final Bytes values = new Bytes(LONGEST_LINE);
    private int[] ends = {};
    private BodyReader members = BodyPlan.nothing().reader();
    private long line = 1;

    Reading(SourceFile file) {
      this.file = file;
    }

    JsonLineRecords read(InputStream in) throws IOException {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          line();
          line++;
          bytes.clear();
        } else {
          bytes.append((byte) b);
        }
      }
      line();
      file.check();
      if (rows.rows() == 0) {
        throw file.empty("has no objects");
      }
      if (columns.isEmpty()) {
        throw file.empty("has objects without members only");
      }
      return new JsonLineRecords(new ArrayList<>(columns), rows.build());
    }

    private void line() {
      if (bytes.overflowed()) {
        throw file.tooLarge("line " + line + " has more than 64 MiB");
      }
      int from = line == 1 && marked() ? 3 : 0;
      String text = file.text(bytes.array(), from, bytes.length(), line);
      if (text.isBlank()) {
        return;
      }
      try {
        if (JsonReader.read(text) instanceof Json.Obj object) {
          row(object, from);
        } else {
          wrong(text, 1, "this line is JSON, but no object");
        }
      } catch (JsonException broken) {
        wrong(text, 1, "this line is not JSON: " + broken.getMessage());
      }
    }

    private boolean marked() {
      byte[] array = bytes.array();
      return bytes.length() >= 3
          && array[0] == (byte) 0xEF
          && array[1] == (byte) 0xBB
          && array[2] == (byte) 0xBF;
    }

    private void wrong(String text, int column, String what) {
      file.add(
          FeedProblems.JSON_LINE.at(
              file.at(line, column, text.strip()), what, "write one JSON object on each line"));
    }

    /** Values come from the bytes again, since numbers keep their own digits there. */
    private void row(Json.Obj object, int from) {
      if (columns.addAll(object.members().keySet())) {
        if (columns.size() > SourceFile.MOST_COLUMNS) {
          throw file.tooLarge("its objects have more than 1,000 different members");
        }
        if (columns.stream().anyMatch(name -> name.length() > LONGEST_NAME)) {
          throw file.tooLarge(
              "a member in line " + line + " has a name of more than 200 characters");
        }
        List<Probe> probes = new ArrayList<>();
        columns.forEach(name -> probes.add(Probe.JsonPath.member(name)));
        members = BodyPlan.of(probes).reader();
        ends = new int[columns.size()];
      }
      if (rows.rows() == SourceFile.MOST_ROWS) {
        throw file.tooLarge("it has more than 100 million objects");
      }
      members.begin();
      members.feed(bytes.array(), from, bytes.length());
      members.end();
      values.clear();
      for (int i = 0; i < ends.length; i++) {
        if (members.found(i)) {
          values.append(members.value(i));
        }
        ends[i] = values.length();
      }
      String fault = members.fault();
      if (fault != null) {
        throw file.tooLarge("in line " + line + ", " + fault);
      }
      rows.add(values.array(), ends, ends.length);
    }
  }
}
