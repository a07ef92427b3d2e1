package dev.assay.suite.report;

/**
 * Something odd about a report. Immutable.
 *
 * @param rule what kind, stable
 * @param grave whether the report cannot be trusted as a whole because of it
 * @param line where, from 1
 * @param column where in the line, from 1
 * @param message a part of a sentence that begins with a verb; its subject is the file
 */
public record ReportNotice(Rule rule, boolean grave, long line, long column, String message) {

  /** The kinds. */
  public enum Rule {
    /** The file ends before it should; the entries before that are kept. */
    TRUNCATED("report.truncated"),
    /** It is not well-formed; what could be made out is kept. */
    MALFORMED("report.malformed"),
    /** There is nothing in the file. */
    EMPTY("report.empty"),
    /** It is nothing that Assay can read. */
    NOT_A_REPORT("report.not-a-report"),
    /** It declares entities, which a report never needs and attacks do. */
    ENTITIES("report.entities"),
    /** Its totals are not those of its entries. */
    TOTALS("report.totals-contradict"),
    /** Its bytes are not in the encoding that it declares. */
    ENCODING("report.encoding"),
    /** Something failed outside every test: a suite, a package, a hook, the whole run. */
    OUTSIDE_TESTS("report.failed-outside-tests"),
    /** Tests that were announced have no result. */
    MISSING("report.tests-missing"),
    /** It says something that its format does not know. */
    UNKNOWN("report.unknown-value"),
    /** A tool did not look, or did not look to the end. */
    NOT_ANALYSED("report.not-analysed");

    private final String id;

    Rule(String id) {
      this.id = id;
    }

    /** The rule of the finding. */
    public String id() {
      return id;
    }
  }
}
