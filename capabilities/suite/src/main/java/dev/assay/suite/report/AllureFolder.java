package dev.assay.suite.report;

import dev.assay.api.evidence.Attempt;
import dev.assay.suite.report.AllureReader.Found;
import dev.assay.suite.report.ReportNotice.Rule;
import dev.assay.suite.scan.BrokenTextException;
import dev.assay.suite.scan.JsonScanner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of Allure 2's results: each {@code *-result.json} is one test, those with the same
 * history are attempts at one, of which the last one counts. Tests of one name that differ in their
 * parameters are told apart by them. Containers and attachments are not read.
 */
final class AllureFolder {

  private static final int MOST = 1_000_000;
  private static final int MOST_ATTEMPTS = 100;

  private final Reading reading;
  private final Map<String, List<Found>> byHistory = new LinkedHashMap<>();
  private final List<Found> others = new ArrayList<>();
  private final Map<List<String>, Integer> names = new HashMap<>();

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
    byHistory.values().forEach(attempts -> others.add(attempted(attempts)));
    others.forEach(found -> names.merge(name(found), 1, Integer::sum));
    others.forEach(found -> reading.testCase(named(found)));
    return reading.testReport(Format.ALLURE);
  }

  private static List<String> name(Found found) {
    return List.of(found.testCase().suite(), found.testCase().name());
  }

  private TestCase named(Found found) {
    TestCase of = found.testCase();
    boolean alone = names.getOrDefault(name(found), 1) == 1 || found.parameters().isEmpty();
    return alone
        ? of
        : new TestCase(
            of.suite(),
            of.name() + " " + found.parameters(),
            of.wholeSuite(),
            of.result(),
            of.attempts(),
            of.took(),
            of.labels());
  }

  /** The last of them, with the attempts before it. */
  private static Found attempted(List<Found> found) {
    List<Found> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingDouble(each -> Double.isNaN(each.stop()) ? 0 : each.stop()));
    Found last = sorted.getLast();
    List<Attempt> attempts = new ArrayList<>();
    sorted.forEach(each -> attempts.addAll(each.testCase().attempts()));
    TestCase of = last.testCase();
    TestCase whole =
        new TestCase(
            of.suite(),
            of.name(),
            of.wholeSuite(),
            of.result(),
            attempts.subList(Math.max(0, attempts.size() - MOST_ATTEMPTS), attempts.size()),
            of.took(),
            of.labels());
    return new Found(whole, last.history(), last.stop(), last.parameters());
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
    Found found = reader.found();
    if (found != null) {
      String history = found.history();
      if (history == null) {
        others.add(found);
      } else {
        byHistory.computeIfAbsent(history, _ -> new ArrayList<>()).add(found);
      }
    }
  }
}
