package dev.assay.suite.report;

import dev.assay.suite.scan.XmlScanner;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Allure 1's XML: a suite with its cases. */
final class AllureXmlReader implements ElementReader {

  private final Reading reading;
  private @Nullable CaseDraft open;
  private boolean inStep;

  AllureXmlReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void start(XmlScanner xml) {
    CaseDraft current = open;
    switch (xml.name()) {
      case "test-case" -> {
        CaseDraft draft = new CaseDraft();
        String status = xml.attribute("status");
        draft.result = AllureReader.result(status == null ? "" : status);
        OptionalLong start = number(xml, "start");
        OptionalLong stop = number(xml, "stop");
        if (start.isPresent() && stop.isPresent()) {
          draft.took = Millis.of((double) stop.getAsLong() - start.getAsLong(), 1);
        }
        open = draft;
      }
      case "steps" -> inStep = true;
      case "name", "message" -> {
        if (current != null && !inStep) {
          xml.listen(xml.name().equals("name") ? current.nameText() : current.messageText());
        }
      }
      case "stack-trace" -> xml.listen(current == null || inStep ? null : current.detailText());
      default -> {
        // labels, parameters, attachments
      }
    }
  }

  private static OptionalLong number(XmlScanner xml, String attribute) {
    String text = xml.attribute(attribute);
    return text == null ? OptionalLong.empty() : Numbers.whole(text);
  }

  @Override
  public void end(XmlScanner xml) {
    xml.listen(null);
    CaseDraft current = open;
    if (xml.name().equals("steps")) {
      inStep = false;
    } else if (xml.name().equals("test-case") && current != null) {
      current.name = current.nameText().toString();
      reading.testCase(current.build());
      open = null;
      inStep = false;
    }
  }

  @Override
  public Report report(boolean cut) {
    return reading.testReport(Format.ALLURE);
  }
}
