package dev.assay.api.problem;

/**
 * A position in a text file. Immutable.
 *
 * @param file the file as the user named it
 * @param line the line, from 1
 * @param column the column in Unicode code points, from 1
 * @param source the text of that line, without its end, for showing it with a caret; may be empty
 */
public record Place(String file, int line, int column, String source) implements Where {

  /** A place for values that were never in a file, such as defaults and code-first plans. */
  public static final Place NONE = new Place("(built in)", 1, 1, "");

  @Override
  public String text() {
    return file + ":" + line + ":" + column;
  }

  @Override
  public String toString() {
    return text();
  }
}
