package dev.assay.suite.report;

import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of Allure 2's results: each {@code *-result.json} is one test, those with the same
 * history are retries of one, of which the last one counts. Containers and attachments are not
 * read.
 */
final class AllureFolder {

  private static final int MOST = 1_000_000;

  private final Reading reading;
  private final Map<String, AllureReader.Found> byHistory = new HashMap<>();
  private final List<TestCase> others = new ArrayList<>();

  AllureFolder(Reading reading) {
    this.reading = reading;
  }

  Report read(Path folder) throws IOException {
    int files = 0;
    try (DirectoryStream<Path> results = Files.newDirectoryStream(folder, "*-result.json")) {
      for (Path file : results) {
        if (++files > MOST) {
          reading.notice(Rule.UNKNOWN, true, 1, 1, "holds more than " + MOST + " results");
          break;
        }
        one(file);
      }
    }
    if (files == 0) {
      throw reading.notAReport(
          1,
          1,
          "the folder holds no *-result.json, as a folder of Allure results does",
          "name the report files in it, as in `" + reading.file() + "/*.xml`");
    }
    byHistory.values().forEach(found -> reading.testCase(found.testCase()));
    others.forEach(reading::testCase);
    return reading.testReport(Format.ALLURE);
  }

  private void one(Path file) throws IOException {
    AllureReader reader = new AllureReader(reading);
    try (JsonScanner json = new JsonScanner(Files.newInputStream(file))) {
      reader.read(json);
    } catch (BrokenTextException broken) {
      reading.notice(
          Rule.MALFORMED,
          true,
          1,
          1,
          "holds " + file.getFileName() + ", which " + broken.getMessage());
      return;
    }
    AllureReader.Found found = reader.found();
    if (found != null) {
      String history = found.history();
      if (history == null) {
        others.add(found.testCase());
      } else {
        byHistory.merge(history, found, (one, two) -> two.stop() >= one.stop() ? two : one);
      }
    }
  }
}
