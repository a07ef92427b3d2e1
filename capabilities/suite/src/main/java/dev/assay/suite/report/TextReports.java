package dev.assay.suite.report;

import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import dev.assay.suite.scan.LineScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the formats that are lines; which one it is, the first line says that is of one. */
final class TextReports {

  /** So many lines of other programs may stand before. */
  static final int MANY = 2_000;

  /** So many lines show whether each is a JSON document. */
  static final int FEW = 10;

  private final Reading reading;

  TextReports(Reading reading) {
    this.reading = reading;
  }

  /** Which format it is; null where it is none. Looks at so many lines, and closes the bytes. */
  static @Nullable Format format(InputStream bytes, int most) throws IOException {
    try (LineScanner lines = new LineScanner(bytes)) {
      JsonScanner json = new JsonScanner();
      while (lines.number() < most && lines.next()) {
        int first = lines.first();
        Format format =
            first == '{' ? ofEvent(lines, json) : first < 0 ? null : ofLine(lines.text());
        if (format != null) {
          return format;
        }
      }
      return null;
    }
  }

  private static @Nullable Format ofLine(String line) {
    if (line.matches("mode: *(set|count|atomic)\\s*")) {
      return Format.GO_COVER;
    }
    if (line.startsWith("SF:") || line.startsWith("TN:")) {
      return Format.LCOV;
    }
    if (line.startsWith("FAIL\t") && GoTestReader.BUILD.matcher(line).matches()) {
      return Format.GO_TEST; // nothing could be built, so there are no events
    }
    if (CargoTestReader.BEGIN.matcher(line).matches()
        || CargoTestReader.TEST.matcher(line).matches()) {
      return Format.CARGO_TEST;
    }
    boolean tap =
        line.startsWith("TAP version ")
            || TapReader.PLAN.matcher(line).matches()
            || TapReader.BAIL.matcher(line).matches()
            || TapReader.POINT.matcher(line).matches();
    return tap ? Format.TAP : null;
  }

  private static @Nullable Format ofEvent(LineScanner lines, JsonScanner json) throws IOException {
    Set<String> names = new HashSet<>();
    json.line(lines);
    try {
      json.object();
      for (String name = json.name(); name != null; name = json.name()) {
        names.add(name);
        json.skip();
      }
    } catch (BrokenTextException notOneLine) {
      return null;
    }
    if (names.contains("Action")) {
      return Format.GO_TEST;
    }
    if (names.contains("type") && names.contains("event")) {
      return Format.LIBTEST;
    }
    boolean dart =
        names.contains("protocolVersion")
            || names.contains("testID")
            || names.contains("suite")
            || names.contains("test")
            || names.contains("group")
            || names.contains("success");
    return names.contains("type") && names.contains("time") && dart ? Format.DART : null;
  }

  /** Reads a text of a known format, and closes it. */
  Report read(Format format, InputStream bytes) throws IOException {
    try (LineScanner lines = new LineScanner(bytes)) {
      return switch (format) {
        case TAP -> new TapReader(reading).read(lines);
        case LCOV -> new LcovReader(reading).read(lines);
        case GO_COVER -> new GoCoverReader(reading).read(lines);
        case GO_TEST -> new GoTestReader(reading).read(lines);
        case DART -> new DartReader(reading).read(lines);
        case CARGO_TEST -> new CargoTestReader(reading).read(lines);
        case LIBTEST -> new LibtestReader(reading).read(lines);
        default -> throw new IllegalArgumentException(format + " is no format of lines");
      };
    }
  }
}
