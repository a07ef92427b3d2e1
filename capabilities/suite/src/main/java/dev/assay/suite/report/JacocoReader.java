package dev.assay.suite.report;

import dev.assay.suite.scan.XmlScanner;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * JaCoCo's XML. The entries are the lines of source files. Where a source file has none, because
 * its classes were compiled without line numbers or the report was cut to its counters, the finest
 * counters that are there stand in for them.
 */
final class JacocoReader implements ElementReader {

  /** An element that may have counters, or something finer inside. */
  private static final class Node {
    final String element;
    final String name;
    final long[] own = new long[4];
    final long[] inner = new long[4];
    final LineMap lines = new LineMap();
    boolean hasOwn;
    boolean hasInner;

    Node(String element, String name) {
      this.element = element;
      this.name = name;
    }

    long[] best() {
      return hasInner ? inner : own;
    }
  }

  private final CoverageTally tally;
  private final Deque<Node> open = new ArrayDeque<>();
  private final long[] classes = new long[4];
  private boolean classesOnly;
  private boolean any;
  private long declared = -1;

  JacocoReader(Reading reading) {
    this.tally = new CoverageTally(reading);
  }

  @Override
  public void start(XmlScanner xml) {
    switch (xml.name()) {
      case "report", "group", "package", "sourcefile", "class", "method" -> {
        String name = xml.attribute("name");
        open.push(new Node(xml.name(), name == null ? "" : name));
        boolean named = xml.name().equals("report") && name != null;
        any |= named || xml.name().equals("sourcefile");
      }
      case "counter" -> counter(xml);
      case "line" -> line(xml);
      default -> {
        // sessions
      }
    }
  }

  private void counter(XmlScanner xml) {
    Node node = open.peek();
    String type = xml.attribute("type");
    int at = "LINE".equals(type) ? 0 : "BRANCH".equals(type) ? 2 : -1;
    any = true;
    if (node == null || at < 0) {
      return;
    }
    long covered = number(xml, "covered");
    node.own[at] += covered;
    node.own[at + 1] += covered + number(xml, "missed");
    node.hasOwn = true;
    if (at == 0 && node.element.equals("report")) {
      declared = node.own[1];
    }
  }

  private void line(XmlScanner xml) {
    Node node = open.peek();
    if (node == null || !node.element.equals("sourcefile")) {
      return;
    }
    long branches = number(xml, "cb");
    node.hasInner = true;
    node.inner[0] += number(xml, "ci") > 0 ? 1 : 0;
    node.inner[1]++;
    node.inner[2] += branches;
    node.inner[3] += branches + number(xml, "mb");
    long number = number(xml, "nr");
    if (number > 0 && number <= Integer.MAX_VALUE) {
      node.lines.add((int) number, number(xml, "ci") > 0, 0, 0);
    }
  }

  private static long number(XmlScanner xml, String attribute) {
    String text = xml.attribute(attribute);
    return text == null ? 0 : Numbers.whole(text).orElse(0);
  }

  @Override
  public void end(XmlScanner xml) {
    Node node = open.peek();
    if (node == null || !node.element.equals(xml.name())) {
      return;
    }
    open.pop();
    Node outer = open.peek();
    long[] best = node.best();
    boolean knows = node.hasInner || node.hasOwn;
    switch (node.element) {
      case "sourcefile" -> {
        if (knows && outer != null) {
          outer.hasInner = true;
          tally.add(
              new FileCoverage(outer.name + "/" + node.name, best[0], best[1], best[2], best[3]),
              node.lines);
        }
      }
      case "method" -> add(outer, best, knows);
      case "class" -> {
        // a class counts only where its package names no source files
        for (int i = 0; i < classes.length && knows; i++) {
          classes[i] += node.hasOwn ? node.own[i] : best[i];
        }
        classesOnly |= knows;
      }
      case "package" -> endPackage(node, outer);
      default -> {
        if (!node.hasInner && node.hasOwn) {
          tally.add(new FileCoverage(node.name, best[0], best[1], best[2], best[3]));
        }
        if (outer != null) {
          outer.hasInner |= knows;
        }
      }
    }
  }

  private void endPackage(Node node, Node outer) {
    boolean knows = node.hasInner || node.hasOwn || classesOnly;
    if (!node.hasInner && knows) {
      long[] counts = classesOnly ? classes : node.own;
      tally.add(new FileCoverage(node.name, counts[0], counts[1], counts[2], counts[3]));
    }
    classesOnly = false;
    java.util.Arrays.fill(classes, 0);
    if (outer != null) {
      outer.hasInner |= knows;
    }
  }

  private static void add(Node outer, long[] counts, boolean knows) {
    if (outer != null && knows) {
      outer.hasInner = true;
      for (int i = 0; i < counts.length; i++) {
        outer.inner[i] += counts[i];
      }
    }
  }

  @Override
  public boolean recognised() {
    return any;
  }

  @Override
  public Report report(boolean cut) {
    return tally.report(Format.JACOCO, cut ? -1 : declared);
  }
}
