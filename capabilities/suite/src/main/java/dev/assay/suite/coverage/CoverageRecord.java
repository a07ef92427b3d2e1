package dev.assay.suite.coverage;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.suite.report.FileCoverage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The coverage of a run as it is kept with its evidence, for those who look back. Immutable.
 *
 * @param files every file by its name
 * @param diffCovered changed lines that were executed
 * @param diffValid changed lines that could have been; -1 where that was not measured
 */
public record CoverageRecord(Map<String, FileCoverage> files, long diffCovered, long diffValid) {

  /** The media type of the artifact. */
  public static final String MEDIA_TYPE = "application/vnd.assay.coverage+json";

  private static final int MOST_FILES = 50_000;

  /** Copies the map. */
  public CoverageRecord {
    files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /** Of a run; of more than 50,000 files the first ones. */
  public static CoverageRecord of(CodeCoverage coverage, CodeCoverage.@Nullable OfChange ofChange) {
    Map<String, FileCoverage> files = new LinkedHashMap<>();
    coverage.files().stream().limit(MOST_FILES).forEach(file -> files.put(file.path(), file));
    return new CoverageRecord(
        files, ofChange == null ? 0 : ofChange.covered(), ofChange == null ? -1 : ofChange.valid());
  }

  /** The text of the artifact. */
  public String text() {
    Json.Builder json = Json.object().put("format", 1);
    if (diffValid >= 0) {
      json.put("diff_covered", diffCovered).put("diff_valid", diffValid);
    }
    return JsonWriter.pretty(
        json.put("files", Json.array(files.values().stream().map(CoverageRecord::json).toList()))
            .build());
  }

  private static Json json(FileCoverage file) {
    return Json.object()
        .put("path", file.path())
        .put("lines_covered", file.linesCovered())
        .put("lines_valid", file.linesValid())
        .put("branches_covered", file.branchesCovered())
        .put("branches_valid", file.branchesValid())
        .build();
  }

  /** Reads the text of an artifact; empty where it is none. */
  public static Optional<CoverageRecord> read(String text) {
    try {
      Json.Obj all = JsonReader.read(text).asObject();
      Map<String, FileCoverage> files = new LinkedHashMap<>();
      for (Json item : all.array("files")) {
        Json.Obj file = item.asObject();
        files.put(
            file.text("path"),
            new FileCoverage(
                file.text("path"),
                file.whole("lines_covered"),
                file.whole("lines_valid"),
                file.whole("branches_covered"),
                file.whole("branches_valid")));
      }
      boolean diff = all.find("diff_valid") != null;
      return Optional.of(
          new CoverageRecord(
              files, diff ? all.whole("diff_covered") : 0, diff ? all.whole("diff_valid") : -1));
    } catch (JsonException notOurs) {
      return Optional.empty();
    }
  }
}
