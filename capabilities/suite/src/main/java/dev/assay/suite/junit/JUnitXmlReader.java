package dev.assay.suite.junit;

import static javax.xml.stream.XMLStreamConstants.CDATA;
import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.SPACE;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.assay.suite.junit.JUnitNotice.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JUnit XML report of any dialect, as a stream: memory does not grow with the report.
 *
 * <p>What counts is what the entries say. Totals of a suite are only compared with them, and a
 * difference is a notice. A report that breaks off is read up to where it does, and a grave notice
 * says so.
 *
 * <p>Attempts follow Surefire, which Gradle, nextest and Playwright share: {@code flakyFailure} and
 * {@code flakyError} are earlier attempts of a case that passed in the end; {@code rerunFailure}
 * and {@code rerunError} are later attempts of one that failed. Two cases of the same name are two
 * cases: parametrised tests are often written so, and nothing in the format tells them from
 * repetitions, so a failure is never hidden by a namesake that passed.
 *
 * <p>A case has failed if it has a {@code failure} or {@code error} (also beside a {@code
 * skipped}), or if only an attribute says so ({@code status}, {@code result}, {@code success}). A
 * failure that stands in a suite outside every case becomes a case of its own.
 *
 * <p>Not thread-safe; one reader reads one report.
 */
public final class JUnitXmlReader {

  private static final int DEEPEST = 64;
  private static final Set<String> TROUBLE =
      Set.of("failure", "error", "rerunFailure", "rerunError", "flakyFailure", "flakyError");
  private static final Set<String> OUTPUT = Set.of("system-out", "system-err");

  private final JUnitListener listener;
  private final Deque<SuiteTotals> suites = new ArrayDeque<>();
  private @Nullable CaseBuilder open;
  private int depth;
  private long entries;
  private boolean anything;
  private boolean report;

  /** A reader that tells that listener. */
  public JUnitXmlReader(JUnitListener listener) {
    this.listener = listener;
  }

  /**
   * Reads a report to its end. Whatever the bytes are, what is wrong with them becomes a notice.
   *
   * @throws IOException if the bytes cannot be read
   */
  public void read(InputStream bytes) throws IOException {
    try (XmlText text = new XmlText(bytes)) {
      int line = parse(text);
      if (text.documentType()) {
        notice(
            Rule.DOCUMENT_TYPE,
            true,
            1,
            "declares a document type, which no report needs and attacks do; the declaration was not read");
      }
      if (text.foreignBytes()) {
        notice(
            Rule.ENCODING,
            false,
            1,
            "is not in the encoding that it declares; it was read as UTF-8 or, byte by byte,"
                + " windows-1252");
      }
      if (!anything) {
        notice(Rule.EMPTY, true, line, "holds no element at all");
      }
    }
  }

  /** Parses all; returns the last line that was reached. */
  private int parse(XmlText text) throws IOException {
    int line = 1;
    XMLStreamReader xml = null;
    try {
      xml = factory().createXMLStreamReader(text);
      while (xml.hasNext()) {
        int event = xml.next();
        line = xml.getLocation().getLineNumber();
        switch (event) {
          case START_ELEMENT -> start(xml, line);
          case END_ELEMENT -> end(xml.getLocalName(), line);
          case CHARACTERS, CDATA, SPACE -> characters(xml);
          default -> {
            // comments and instructions do not get here
          }
        }
        depth(event);
      }
      if (text.cutInMarkup()) {
        truncated(line);
      }
    } catch (XMLStreamException broken) {
      if (broken.getNestedException() instanceof IOException unreadable) {
        throw unreadable;
      }
      broken(text, broken, line);
    } catch (TooDeep tooDeep) {
      notice(Rule.MALFORMED, true, line, "has elements more than " + DEEPEST + " deep");
    } finally {
      close(xml);
    }
    return line;
  }

  private void depth(int event) {
    depth += event == START_ELEMENT ? 1 : event == END_ELEMENT ? -1 : 0;
    if (depth > DEEPEST) {
      throw new TooDeep();
    }
  }

  /** Ends the reading of a report that nests for ever. */
  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("too deep", null, false, false);
    }
  }

  private void broken(XmlText text, XMLStreamException broken, int line) {
    int offset = broken.getLocation() == null ? -1 : broken.getLocation().getCharacterOffset();
    int at = broken.getLocation() == null ? line : broken.getLocation().getLineNumber();
    if (text.cutInMarkup() || text.pastContent(offset)) {
      truncated(at);
    } else {
      notice(
          Rule.MALFORMED,
          true,
          at,
          "is not well-formed XML: " + firstLine(broken) + "; what comes after that was not read");
    }
  }

  private void truncated(int line) {
    anything = true;
    CaseBuilder current = open;
    if (current != null && current.failed()) {
      // its failure was read, so it is known however the rest would have gone
      finish(current);
    }
    notice(
        Rule.TRUNCATED,
        true,
        line,
        "ends in the middle; " + entries + " test cases before that were read");
  }

  private static String firstLine(XMLStreamException broken) {
    String message = String.valueOf(broken.getMessage());
    int detail = message.indexOf("Message: ");
    String text = detail < 0 ? message : message.substring(detail + 9);
    return text.lines().findFirst().orElse("broken").replace("<" + XmlText.ROOT + ">", "its root");
  }

  /**
   * A factory that neither reads document types nor resolves anything. {@link XmlText} leaves
   * nothing of the kind in the text; this is the second lock on the same door.
   */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("external entities are refused");
    });
    return factory;
  }

  private static void close(@Nullable XMLStreamReader xml) throws IOException {
    try {
      if (xml != null) {
        xml.close();
      }
    } catch (XMLStreamException unclosed) {
      throw new IOException(unclosed);
    }
  }

  // ---- elements

  private void start(XMLStreamReader xml, int line) {
    if (depth == 0) {
      return;
    }
    String element = local(xml.getLocalName());
    anything = true;
    if (depth == 1) {
      root(element, line);
    }
    CaseBuilder current = open;
    if (current != null) {
      inCase(current, element, xml);
    } else if (element.equals("testsuite") || element.equals("testsuites")) {
      suites.push(SuiteTotals.of(xml, element));
    } else if (element.equals("testcase")) {
      open = CaseBuilder.of(xml, suites);
    } else if (element.equals("property") && !suites.isEmpty()) {
      suites.peek().property(String.valueOf(xml.getAttributeValue(null, "name")));
    } else if (report && (element.equals("failure") || element.equals("error"))) {
      CaseBuilder whole = CaseBuilder.ofSuite(suites);
      whole.trouble(element, xml);
      open = whole;
    }
  }

  private void root(String element, int line) {
    if (element.equals("testsuites") || element.equals("testsuite") || element.equals("testcase")) {
      report = true;
    } else {
      notice(
          Rule.NOT_A_REPORT, true, line, "begins with <" + element + ">, which is no JUnit report");
    }
  }

  private static void inCase(CaseBuilder current, String element, XMLStreamReader xml) {
    if (TROUBLE.contains(element)) {
      current.trouble(element, xml);
    } else if (element.equals("skipped")
        || element.equals("disabled")
        || element.equals("ignored")) {
      current.skip(xml);
    } else if (OUTPUT.contains(element)) {
      current.output(element);
    }
  }

  private void end(String qualified, int line) {
    String element = local(qualified);
    CaseBuilder current = open;
    if (current != null) {
      if (element.equals("testcase") || (current.ofWholeSuite() && TROUBLE.contains(element))) {
        open = null;
        finish(current);
      } else {
        current.end(element);
      }
    } else if (!suites.isEmpty() && (element.equals("testsuite") || element.equals("testsuites"))) {
      SuiteTotals ended = suites.pop();
      if (!suites.isEmpty()) {
        suites.peek().add(ended);
      }
      ended
          .contradiction()
          .ifPresent(found -> notice(Rule.TOTALS, found.grave(), line, found.message()));
    }
  }

  private void finish(CaseBuilder built) {
    JUnitCase testCase = built.build();
    entries++;
    if (!suites.isEmpty()) {
      suites.peek().count(testCase, built.ofWholeSuite());
    }
    listener.testCase(testCase);
  }

  private void characters(XMLStreamReader xml) {
    CaseBuilder current = open;
    if (current != null && current.listens()) {
      current.characters(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    }
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private void notice(Rule rule, boolean grave, int line, String message) {
    listener.notice(new JUnitNotice(rule, grave, Math.max(1, line), message));
  }
}
