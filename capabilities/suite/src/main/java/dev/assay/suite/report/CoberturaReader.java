package dev.assay.suite.report;

import dev.assay.suite.scan.ByteText;
import dev.assay.suite.scan.XmlScanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cobertura's XML. A line of a source file counts once, in however many classes of its package it
 * is listed; lines of methods only count where their class lists none itself.
 */
final class CoberturaReader implements ElementReader {

  private static final Pattern CONDITIONS = Pattern.compile("\\((\\d{1,9})\\s*/\\s*(\\d{1,9})\\)");

  private final CoverageTally tally;
  private final ByteText source = new ByteText(4096);
  private String packageName = "";
  private @Nullable String file;
  private LineMap lines = new LineMap();
  private LineMap methodLines = new LineMap();
  private boolean inMethods;
  private long declared = -1;

  CoberturaReader(Reading reading) {
    this.tally = new CoverageTally(reading);
  }

  @Override
  public void start(XmlScanner xml) {
    switch (xml.name()) {
      case "coverage" -> declared = number(xml, "lines-valid", -1);
      case "package" -> packageName = String.valueOf(xml.attribute("name"));
      case "class" -> {
        String path = xml.attribute("filename");
        file = path == null || path.isBlank() ? String.valueOf(xml.attribute("name")) : path;
        lines = new LineMap();
        methodLines = new LineMap();
      }
      case "methods" -> inMethods = true;
      case "source" -> {
        source.clear();
        xml.listen(source);
      }
      case "line" -> line(xml);
      default -> {
        // conditions
      }
    }
  }

  private void line(XmlScanner xml) {
    long number = number(xml, "number", -1);
    if (number < 0 || number > Integer.MAX_VALUE) {
      return;
    }
    long taken = 0;
    long branches = 0;
    String conditions = xml.attribute("condition-coverage");
    if (conditions != null) {
      Matcher matcher = CONDITIONS.matcher(conditions);
      if (matcher.find()) {
        taken = Long.parseLong(matcher.group(1));
        branches = Long.parseLong(matcher.group(2));
      }
    }
    String hits = xml.attribute("hits");
    (inMethods ? methodLines : lines).add((int) number, executed(hits), taken, branches);
  }

  /** Whether a number of hits, however long, is more than none. */
  static boolean executed(@Nullable String hits) {
    if (hits == null) {
      return false;
    }
    for (int i = 0; i < hits.length(); i++) {
      char c = hits.charAt(i);
      if (c >= '1' && c <= '9') {
        return !hits.startsWith("-");
      }
    }
    return false;
  }

  private static long number(XmlScanner xml, String attribute, long otherwise) {
    String text = xml.attribute(attribute);
    return text == null ? otherwise : Numbers.whole(text).orElse(otherwise);
  }

  @Override
  public void end(XmlScanner xml) {
    if (xml.name().equals("methods")) {
      inMethods = false;
    } else if (xml.name().equals("class")) {
      endClass();
    } else if (xml.name().equals("source")) {
      xml.listen(null);
      tally.root(source.toString());
    }
  }

  private void endClass() {
    String path = file;
    if (path != null) {
      inMethods = false;
      tally.merge(packageName + "\n" + path, lines.size() > 0 ? lines : methodLines);
      file = null;
    }
  }

  @Override
  public Report report(boolean cut) {
    endClass();
    return tally.report(Format.COBERTURA, cut ? -1 : declared);
  }
}
