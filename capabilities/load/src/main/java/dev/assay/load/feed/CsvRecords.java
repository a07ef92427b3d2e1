package dev.assay.load.feed;

import dev.assay.api.problem.Where;
import dev.assay.load.extract.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a CSV file (RFC 4180), whose first line names the columns. Lines end with CR LF, LF
 * or CR; the delimiter is the one of comma, semicolon and tab that the first line has most of;
 * blank lines are passed over. Immutable, thread-safe.
 */
public final class CsvRecords implements Records {

  private final List<String> columns;
  private final RowStore rows;

  CsvRecords(List<String> columns, RowStore rows) {
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
  public static CsvRecords read(Path path, String shown, Where where) {
    SourceFile file = new SourceFile(path, shown, where);
    try (InputStream in = file.open()) {
      return new CsvParser(file).read(in);
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
}
