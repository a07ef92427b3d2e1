package dev.assay.suite.report;

import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Istanbul's {@code coverage-final.json}, which nyc, Jest, Vitest and c8 write. Istanbul records
 * statements; as its own reports do, a line is one that a statement begins on, and was executed if
 * any of them was.
 */
final class IstanbulReader implements DocumentReader {

  private final CoverageTally tally;

  IstanbulReader(Reading reading) {
    this.tally = new CoverageTally(reading);
  }

  @Override
  public void read(JsonScanner json) throws IOException {
    json.object();
    for (String path = json.name(); path != null; path = json.name()) {
      if (json.object()) {
        Counts counts = new Counts();
        counts.file(json);
        LineMap lines = counts.lines();
        tally.add(counts.sum(path, lines), lines);
      }
    }
  }

  /** What is known of one file. */
  private static final class Counts {
    private final Map<String, Integer> begins = new HashMap<>();
    private final Map<String, Boolean> executed = new HashMap<>();
    private long taken;
    private long branches;

    void file(JsonScanner json) throws IOException {
      for (String name = json.name(); name != null; name = json.name()) {
        switch (name) {
          case "data" -> {
            if (json.object()) {
              file(json);
            }
          }
          case "statementMap" -> statements(json);
          case "s" -> {
            if (json.object()) {
              for (String id = json.name(); id != null; id = json.name()) {
                executed.put(id, json.number() > 0);
              }
            }
          }
          case "b" -> branches(json);
          default -> json.skip();
        }
      }
    }

    private void statements(JsonScanner json) throws IOException {
      if (!json.object()) {
        return;
      }
      for (String id = json.name(); id != null; id = json.name()) {
        if (json.object()) {
          for (String name = json.name(); name != null; name = json.name()) {
            if (name.equals("start") && json.object()) {
              start(json, id);
            } else if (!name.equals("start")) {
              json.skip();
            }
          }
        }
      }
    }

    private void start(JsonScanner json, String id) throws IOException {
      for (String name = json.name(); name != null; name = json.name()) {
        if (name.equals("line")) {
          double line = json.number();
          if (line >= 0 && line <= Integer.MAX_VALUE) {
            begins.put(id, (int) line);
          }
        } else {
          json.skip();
        }
      }
    }

    private void branches(JsonScanner json) throws IOException {
      if (!json.object()) {
        return;
      }
      for (String id = json.name(); id != null; id = json.name()) {
        if (json.array()) {
          while (json.item()) {
            branches++;
            taken += json.number() > 0 ? 1 : 0;
          }
        }
      }
    }

    LineMap lines() {
      LineMap lines = new LineMap();
      executed.forEach((id, yes) -> {
        Integer line = begins.get(id);
        if (line != null) {
          lines.add(line, yes, 0, 0);
        }
      });
      return lines;
    }

    FileCoverage sum(String path, LineMap lines) {
      FileCoverage sum = lines.sum(path);
      return new FileCoverage(path, sum.linesCovered(), sum.linesValid(), taken, branches);
    }
  }

  @Override
  public Report report() {
    return tally.report(Format.ISTANBUL, -1);
  }
}
