package dev.assay.suite.junit;

/**
 * Something odd about a report.
 *
 * @param rule what kind, stable
 * @param grave whether the report cannot be trusted as a whole because of it
 * @param line where, from 1
 * @param message one sentence
 */
public record JUnitNotice(Rule rule, boolean grave, int line, String message) {

  /** The kinds. */
  public enum Rule {
    /** The file ends inside an element; the cases before that are kept. */
    TRUNCATED("junit.truncated"),
    /** What is written is not XML; the cases before that are kept. */
    MALFORMED("junit.malformed"),
    /** There is no element in the file at all. */
    EMPTY("junit.empty"),
    /** It is XML, but no JUnit report. */
    NOT_A_REPORT("junit.not-a-report"),
    /** It declares a document type, which a report never needs and attacks do. */
    DOCUMENT_TYPE("junit.document-type"),
    /** The totals of a suite are not those of its entries. */
    TOTALS("junit.totals-contradict"),
    /** The bytes are not in the encoding that the file declares. */
    ENCODING("junit.encoding");

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
