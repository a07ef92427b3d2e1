package dev.assay.suite.report;

import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One result of a run of SARIF, as it is written. Not thread-safe. */
final class SarifResult {

  private static final int MOST_ARGUMENTS = 20;

  SarifRules.Reference rule = SarifRules.Reference.NONE;
  @Nullable String level;
  String kind = "fail";
  String message = "";
  String messageId = "";
  final List<String> arguments = new ArrayList<>();
  String file = "";
  String line = "";
  String print = "";
  int invocation = -1;
  private String baseline = "";
  private boolean accepted;
  private boolean contested;

  /** Reads one. */
  static SarifResult read(JsonScanner json) throws IOException {
    SarifResult result = new SarifResult();
    if (json.object()) {
      for (String name = json.name(); name != null; name = json.name()) {
        result.member(name, json);
      }
    }
    return result;
  }

  private void member(String name, JsonScanner json) throws IOException {
    switch (name) {
      case "ruleId" -> rule = rule.ofId(json.text());
      case "ruleIndex" -> rule = rule.at(json.number());
      case "rule" -> rule = rule.and(SarifRules.Reference.read(json));
      case "level" -> level = json.text();
      case "kind" -> kind = json.text();
      case "message" -> message(json);
      case "locations" -> first(json, this::location);
      case "fingerprints" -> prints(json, "1");
      case "partialFingerprints" -> prints(json, "2");
      case "suppressions" -> suppressions(json);
      case "baselineState" -> baseline = json.text();
      case "provenance" -> provenance(json);
      default -> json.skip();
    }
  }

  private interface Part {
    void read(JsonScanner json) throws IOException;
  }

  private static void first(JsonScanner json, Part part) throws IOException {
    if (json.array()) {
      boolean more = false;
      while (json.item()) {
        if (more) {
          json.skip();
        } else {
          part.read(json);
        }
        more = true;
      }
    }
  }

  private void message(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "text" -> message = Texts.cut(json.text());
        case "id" -> messageId = json.text();
        case "arguments" -> {
          if (json.array()) {
            while (json.item()) {
              String argument = Texts.cut(json.text());
              if (arguments.size() < MOST_ARGUMENTS) {
                arguments.add(argument);
              }
            }
          }
        }
        default -> json.skip();
      }
    }
  }

  private void location(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "physicalLocation" -> physical(json);
        case "logicalLocations" -> first(json, this::logical);
        default -> json.skip();
      }
    }
  }

  private void physical(JsonScanner json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "artifactLocation" -> {
          String uri = json.member("uri");
          file = uri.isEmpty() ? file : Texts.cut(uri);
        }
        case "region" -> line = json.member("startLine");
        default -> json.skip();
      }
    }
  }

  private void logical(JsonScanner json) throws IOException {
    String name = json.member("fullyQualifiedName");
    file = file.isEmpty() ? Texts.cut(name) : file;
  }

  /** Whole fingerprints are better than partial ones; of several, the first by name. */
  private void prints(JsonScanner json, String order) throws IOException {
    TreeMap<String, String> all = new TreeMap<>();
    if (json.object()) {
      for (String name = json.name(); name != null; name = json.name()) {
        all.put(Texts.cut(name), Texts.cut(json.text()));
        if (all.size() > MOST_ARGUMENTS) {
          all.pollLastEntry();
        }
      }
    }
    boolean better = print.isEmpty() || order.compareTo(print.substring(0, 1)) < 0;
    if (!all.isEmpty() && better) {
      print = order + all.firstEntry().getKey() + "=" + all.firstEntry().getValue();
    }
  }

  private void suppressions(JsonScanner json) throws IOException {
    if (json.array()) {
      while (json.item()) {
        String status = json.member("status");
        accepted = true;
        contested |= status.equals("underReview") || status.equals("rejected");
      }
    }
  }

  private void provenance(JsonScanner json) throws IOException {
    String index = json.member("invocationIndex");
    invocation = index.matches("\\d{1,6}") ? Integer.parseInt(index) : -1;
  }

  /** Whether somebody has accepted it, and nobody has doubts (3.27.23, 3.35.3). */
  boolean accepted() {
    return accepted && !contested;
  }

  /** Whether it is there: it was not only found earlier, and it is no "this holds". */
  boolean there() {
    return !baseline.equals("absent") && !kind.equals("pass") && !kind.equals("notApplicable");
  }

  String place() {
    return line.matches("\\d{1,9}") && !file.isEmpty() ? file + ":" + line : file;
  }
}
