package dev.assay.load.feed;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import java.util.List;

/** Every kind of problem that feeders can report, ASSAY-LOAD-201 to 299. */
public final class FeedProblems {

  /** The file cannot be read. */
  public static final ProblemType FILE =
      user(
          "201",
          "A feeder's file cannot be read",
          "A feeder reads its file whole before the start, so that no request waits for a disk. The"
              + " file is missing, is a folder, or this user may not read it. Its path is relative to"
              + " the folder of the workspace. Nothing was sent.");

  /** There are no records. */
  public static final ProblemType EMPTY =
      user(
          "202",
          "A feeder has no records",
          "A CSV file begins with a line that names the columns, and at least one line of values"
              + " follows; a JSON Lines file has at least one object. Requests without data would"
              + " measure something else than was asked for, so nothing was sent.");

  /** The names of the columns cannot be used. */
  public static final ProblemType HEADER =
      user(
          "203",
          "The columns of a feeder cannot be told apart",
          "The first line of a CSV file names its columns, and '${feeder.column}' uses these names."
              + " Each needs a name, and no name may be there twice. Where the file begins with"
              + " values, write a line with names above them.");

  /** A row does not fit its header. */
  public static final ProblemType ROW =
      user(
          "204",
          "A row of a CSV file cannot be read",
          "Each row has as many values as the header has names, separated by the same delimiter (a"
              + " comma, semicolon or tab). A value that contains the delimiter, a quote or a line"
              + " break stands in double quotes, and a quote inside it is doubled: \"say \"\"hi\"\"\""
              + " (RFC 4180). A quote that is not closed takes everything after it into one value,"
              + " so the place where it opens is given.");

  /** The bytes are no UTF-8. */
  public static final ProblemType ENCODING =
      user(
          "205",
          "A feeder's file is not UTF-8",
          "Values are sent as UTF-8, and guessing another encoding would send wrong characters"
              + " without anyone noticing. Save the file as UTF-8, with or without a byte order"
              + " mark, for example with 'iconv -f ISO-8859-1 -t UTF-8 old.csv > new.csv'.");

  /** A line is no JSON object. */
  public static final ProblemType JSON_LINE =
      user(
          "206",
          "A line of a JSON Lines file is not an object",
          "Each line that is not blank holds one JSON object, whose members are the record's values:"
              + " {\"id\": 7, \"name\": \"kim\"}. An object that is spread over several lines must be"
              + " written on one ('jq -c . file.json'), and an array of objects one object a line"
              + " ('jq -c .[] file.json').");

  /** A template names a column that is not there. */
  public static final ProblemType COLUMN =
      user(
          "207",
          "A feeder has no such column",
          "'${feeder.column}' takes the value of one column of the feeder's record. The columns are"
              + " the names in the first line of a CSV file, the members of the objects of a JSON"
              + " Lines file, or the keys under 'generate'.");

  /** A generator cannot be read. */
  public static final ProblemType GENERATOR =
      user("208", "A generator is not known or cannot make values", Generator.EXPLANATION);

  /** More data than is kept in memory. */
  public static final ProblemType TOO_LARGE =
      user(
          "209",
          "A feeder's file is too large",
          "A feeder is kept in memory, as bytes: at most 1 GB, 100 million records, 1,000 columns"
              + " and 1 MiB for each value. Use a part of the file ('head -n 1000000'), which with"
              + " 'take: circular' serves any number of requests, or generate the values.");

  /** Fewer records than arrivals. */
  public static final ProblemType RAN_OUT =
      user(
          "210",
          "A feeder runs out of records",
          "'take: in order' and 'take: shuffled' use each record once, and the check needs more"
              + " records than there are. Arrivals without a record are not sent with the wrong data."
              + " Give more records, send fewer requests, or let records be used again with 'take:"
              + " circular' or 'take: random'.");

  private FeedProblems() {}

  /** All of them, for {@code assay explain}. */
  public static List<ProblemType> all() {
    return List.of(
        FILE, EMPTY, HEADER, ROW, ENCODING, JSON_LINE, COLUMN, GENERATOR, TOO_LARGE, RAN_OUT);
  }

  /** A template asks for a column that the feeder does not have. */
  public static Problem unknownColumn(Where where, Feeder feeder, String column) {
    return COLUMN.at(
        where,
        "the feeder '" + feeder.name() + "' has no column '" + column + "'",
        Nearest.mend(column, feeder.records().columns()));
  }

  /** A feeder has fewer records than will be needed. */
  public static Problem ranOut(Where where, Feeder feeder, long needed) {
    return RAN_OUT.at(
        where,
        "the feeder '"
            + feeder.name()
            + "' has "
            + feeder.available()
            + " records, each to be used once, and "
            + needed
            + " are needed",
        "add records, lower the rate or the time, or write 'take: circular'");
  }

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.USER, title, explanation);
  }
}
