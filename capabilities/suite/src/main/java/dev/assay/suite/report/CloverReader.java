package dev.assay.suite.report;

import dev.assay.suite.scan.XmlScanner;
import org.jspecify.annotations.Nullable;

/**
 * Clover's XML, which OpenClover, PHPUnit and Istanbul write. Lines are those of statements and
 * conditions, each once; the line on which a method begins is not one. What tests execute of their
 * own files, in a {@code testproject}, does not count, as Clover's totals leave it out too.
 *
 * <p>Istanbul writes into {@code truecount} how many branches were taken and into {@code
 * falsecount} how many were not; all others write how often the condition was true and false.
 * Istanbul is known by the version {@code 3.2.0}, which it always claims.
 */
final class CloverReader implements ElementReader {

  private final CoverageTally tally;
  private String packageName = "";
  private @Nullable String file;
  private LineMap lines = new LineMap();
  private boolean istanbul;
  private boolean ofTests;

  CloverReader(Reading reading) {
    this.tally = new CoverageTally(reading);
  }

  @Override
  public void start(XmlScanner xml) {
    switch (xml.name()) {
      case "coverage" -> istanbul = "3.2.0".equals(xml.attribute("clover"));
      case "package" -> packageName = String.valueOf(xml.attribute("name"));
      case "file" -> {
        String path = xml.attribute("path");
        file = path == null ? packageName + "/" + xml.attribute("name") : path;
        lines = new LineMap();
      }
      case "testproject" -> ofTests = true;
      case "line" -> line(xml);
      default -> {
        // metrics are declared totals
      }
    }
  }

  private void line(XmlScanner xml) {
    String type = xml.attribute("type");
    long number = number(xml, "num");
    if (file == null
        || ofTests
        || number < 1
        || number > Integer.MAX_VALUE
        || "method".equals(type)) {
      return;
    }
    boolean executed = CoberturaReader.executed(xml.attribute("count"));
    if (!"cond".equals(type)) {
      lines.add((int) number, executed, 0, 0);
      return;
    }
    long yes = number(xml, "truecount");
    long no = number(xml, "falsecount");
    boolean hits = xml.attribute("count") == null ? yes + no > 0 : executed;
    if (istanbul) {
      lines.add((int) number, hits, yes, yes + no);
    } else {
      boolean any = hits || yes + no > 0;
      lines.add((int) number, any, (yes > 0 ? 1 : 0) + (no > 0 ? 1 : 0), 2);
    }
  }

  private static long number(XmlScanner xml, String attribute) {
    String text = xml.attribute(attribute);
    return text == null ? 0 : Numbers.whole(text).orElse(0);
  }

  @Override
  public void end(XmlScanner xml) {
    if (xml.name().equals("file")) {
      endFile();
    } else if (xml.name().equals("testproject")) {
      ofTests = false;
    }
  }

  private void endFile() {
    String path = file;
    if (path != null) {
      if (!ofTests) {
        tally.merge(path, lines);
      }
      file = null;
    }
  }

  @Override
  public Report report(boolean cut) {
    endFile();
    return tally.report(Format.CLOVER, -1);
  }
}
