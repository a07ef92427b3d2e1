package dev.assay.suite;

import dev.assay.suite.report.Format;
import dev.assay.suite.runner.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one start of a tool runs, and what came of it.
 *
 * @param number from 1
 * @param units the units that it runs; empty for all
 * @param words the program and its arguments
 * @param folder where it starts
 * @param environment variables added to its environment
 * @param reports patterns of its reports
 * @param format the format of its output where that is a report, else null
 * @param files finds its reports
 * @param measures finds reports of coverage and of mutants
 * @param output what it printed
 */
record Batch(
    int number,
    List<String> units,
    List<String> words,
    Path folder,
    Map<String, String> environment,
    List<String> reports,
    @Nullable Format format,
    ReportFiles files,
    ReportFiles measures,
    Path output) {

  /** How it ended. */
  record Ended(Batch batch, ExitCode exit, OutputTail tail, ReportFiles.Found found) {}

  static Batch of(
      int number,
      List<String> units,
      Invocation invocation,
      List<String> ownReports,
      Path folder,
      Map<String, String> environment,
      Path output,
      ReportFiles measures,
      Instant now)
      throws IOException {
    Map<String, String> all = new java.util.LinkedHashMap<>(invocation.environment());
    all.putAll(environment);
    List<String> reports = ownReports.isEmpty() ? invocation.reports() : ownReports;
    return new Batch(
        number,
        List.copyOf(units),
        invocation.words(),
        folder,
        Map.copyOf(all),
        reports,
        ownReports.isEmpty() ? invocation.output() : null,
        new ReportFiles(folder, reports, now),
        measures,
        output);
  }

  String command() {
    return String.join(" ", words);
  }
}
