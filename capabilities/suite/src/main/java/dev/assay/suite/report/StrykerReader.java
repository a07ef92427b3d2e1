package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.Flaw;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The mutation testing schema that Stryker for JavaScript, .NET and Scala, and others, share. The
 * names of tests stand behind the mutants that speak of them, so mutants are held until the end.
 */
final class StrykerReader implements DocumentReader {

  /** Beyond that many, mutants are only counted. */
  private static final int MOST_HELD = 200_000;

  private final Reading reading;
  private final MutantTally tally = new MutantTally();
  private final List<Mutant> held = new ArrayList<>();
  private final Map<String, String> tests = new HashMap<>();

  StrykerReader(Reading reading) {
    this.reading = reading;
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String name = json.name(); name != null; name = json.name()) {
      if (name.equals("files") && json.object()) {
        for (String path = json.name(); path != null; path = json.name()) {
          file(json, path);
        }
      } else if (name.equals("testFiles") && json.object()) {
        for (String path = json.name(); path != null; path = json.name()) {
          testFile(json, path);
        }
      } else if (!name.equals("files") && !name.equals("testFiles")) {
        json.skip();
      }
    }
  }

  private void file(JsonScanner json, String path) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("mutants")) {
        json.skip();
      } else if (json.array()) {
        while (json.item()) {
          mutant(json, path);
        }
      }
    }
  }

  private void mutant(JsonScanner json, String path) throws IOException {
    if (!json.object()) {
      return;
    }
    String status = "";
    String mutator = "";
    int line = 0;
    Set<String> killing = Set.of();
    Set<String> covering = new LinkedHashSet<>();
    boolean coveredBy = false;
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "status" -> status = json.text();
        case "mutatorName" -> mutator = json.text();
        case "location" -> line = startLine(json);
        case "killedBy" -> killing = ids(json);
        case "coveredBy" -> {
          covering.addAll(ids(json));
          coveredBy = !covering.isEmpty();
        }
        default -> json.skip();
      }
    }
    String known = status.toLowerCase(Locale.ROOT);
    if (!tally.count(known)) {
      Flaw here = json.here(Flaw.Kind.UNCLEAN, "");
      reading.notice(
          Rule.UNKNOWN,
          false,
          here.line(),
          here.column(),
          "has a mutant with the unknown status '" + Texts.shown(status) + "'");
    }
    if (held.size() < MOST_HELD) {
      covering.addAll(killing);
      held.add(
          new Mutant(
              path,
              line,
              mutator,
              MutantTally.status(known),
              killing,
              covering,
              coveredBy,
              coveredBy));
    }
  }

  private static int startLine(JsonScanner json) throws IOException {
    int line = 0;
    if (!json.object()) {
      return line;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("start")) {
        json.skip();
      } else if (json.object()) {
        for (String inner = json.name(); inner != null; inner = json.name()) {
          if (inner.equals("line")) {
            line = (int) Math.clamp(json.number(), 0, Integer.MAX_VALUE);
          } else {
            json.skip();
          }
        }
      }
    }
    return line;
  }

  private static Set<String> ids(JsonScanner json) throws IOException {
    List<String> ids = new ArrayList<>();
    if (json.array()) {
      while (json.item()) {
        ids.add(json.text());
      }
    }
    return Mutant.tests(ids);
  }

  private void testFile(JsonScanner json, String path) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name = json.name(); name != null; name = json.name()) {
      if (!name.equals("tests")) {
        json.skip();
      } else if (json.array()) {
        while (json.item()) {
          test(json, path);
        }
      }
    }
  }

  private void test(JsonScanner json, String path) throws IOException {
    if (!json.object()) {
      return;
    }
    String id = "";
    String title = "";
    for (String name = json.name(); name != null; name = json.name()) {
      switch (name) {
        case "id" -> id = json.text();
        case "name" -> title = json.text();
        default -> json.skip();
      }
    }
    tests.put(id, path.isEmpty() ? title : path + "#" + title);
  }

  @Override
  public Report report() {
    // Stryker stops at the first test that fails, unless it is told to go on
    boolean goesOn = held.stream().anyMatch(mutant -> mutant.killing().size() > 1);
    for (Mutant mutant : held) {
      reading.mutant(
          new Mutant(
              mutant.path(),
              mutant.line(),
              mutant.mutator(),
              mutant.status(),
              named(mutant.killing()),
              named(mutant.covering()),
              mutant.allCovering(),
              mutant.allTried() && (goesOn || !mutant.status().detected())));
    }
    held.clear();
    return tally.report(Format.STRYKER, reading);
  }

  private Set<String> named(Set<String> ids) {
    return Mutant.tests(ids.stream().map(id -> tests.getOrDefault(id, id)).toList());
  }
}
