package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.XmlScanner;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The XML of xUnit.net, versions 1, 2 and 3. An {@code error} of an assembly or class, such as a
 * fixture that could not be cleaned up, is outside every test.
 */
final class XUnitReader implements ElementReader {

  private final Reading reading;
  private @Nullable CaseDraft open;
  private @Nullable CaseDraft error;
  private boolean any;
  private boolean declares;

  XUnitReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void start(XmlScanner xml) {
    declares |= xml.attribute("total") != null || xml.name().equals("assemblies");
    CaseDraft current = open == null ? error : open;
    switch (xml.name()) {
      case "collection", "class", "errors" -> any = true;
      case "test" -> open = testCase(xml);
      case "failure" -> {
        if (current != null) {
          current.type = xml.attribute("exception-type");
        }
      }
      case "error" -> error = open == null ? error(xml) : error;
      case "message", "reason" -> xml.listen(current == null ? null : current.messageText());
      case "stack-trace" -> xml.listen(current == null ? null : current.detailText());
      default -> {
        // traits, output
      }
    }
  }

  private static CaseDraft error(XmlScanner xml) {
    CaseDraft draft = new CaseDraft();
    String type = xml.attribute("type");
    String name = xml.attribute("name");
    draft.suite = name == null ? (type == null ? "assembly" : type) : name;
    return draft;
  }

  private CaseDraft testCase(XmlScanner xml) {
    any = true;
    CaseDraft draft = new CaseDraft();
    String type = xml.attribute("type");
    String name = xml.attribute("name");
    String method = xml.attribute("method");
    draft.suite = type == null ? "" : type;
    draft.name = name == null ? (method == null ? "" : method) : name;
    draft.took = Seconds.parse(xml.attribute("time"));
    String result = xml.attribute("result");
    draft.result =
        switch (result == null ? "" : result.toLowerCase(Locale.ROOT)) {
          case "pass", "passed" -> Result.PASSED;
          case "fail", "failed" -> Result.FAILED;
          case "skip", "skipped", "notrun" -> Result.SKIPPED;
          default -> {
            reading.notice(
                Rule.UNKNOWN,
                true,
                xml.line(),
                xml.column(),
                "has a test with the unknown result '" + Texts.shown(String.valueOf(result)) + "'");
            yield Result.ERROR;
          }
        };
    return draft;
  }

  @Override
  public void end(XmlScanner xml) {
    CaseDraft draft = open;
    CaseDraft broken = error;
    switch (xml.name()) {
      case "message", "stack-trace", "reason" -> xml.listen(null);
      case "test" -> {
        if (draft != null) {
          reading.testCase(draft.build());
        }
        open = null;
      }
      case "error" -> {
        if (broken != null) {
          reading.outside(
              xml.line(),
              xml.column(),
              broken.suite,
              broken.messageText().toString(),
              broken.detailText().toString());
        }
        error = null;
      }
      default -> {
        // nothing ends with it
      }
    }
  }

  @Override
  public boolean recognised() {
    return any || declares;
  }

  @Override
  public Report report(boolean cut) {
    return reading.testReport(Format.XUNIT);
  }
}
