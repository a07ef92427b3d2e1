package dev.assay.suite.analytics;

import dev.assay.api.evidence.Artifact;
import dev.assay.suite.coverage.CodeCoverage;
import dev.assay.suite.coverage.CoverageRecord;
import dev.assay.suite.coverage.MutationRecord;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.report.FileCoverage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What many runs measured of coverage and of mutants. Immutable.
 *
 * <p>A run that measured nothing of a file says nothing of it: what an earlier run found of it
 * still stands, and is marked with that run, as long as the file is there. Where several checks
 * measure one file, that check counts that executed the most of it.
 *
 * @param trend every run since the first that measured coverage, the oldest first
 * @param files every file by name, as it is known after the newest run
 * @param mutants what the newest runs with mutants found, by check
 */
public record CoverageHistory(List<Point> trend, List<Known> files, List<Mutants> mutants) {

  private static final long LARGEST = 64L << 20;

  /** Copies the lists. */
  public CoverageHistory {
    trend = List.copyOf(trend);
    files = List.copyOf(files);
    mutants = List.copyOf(mutants);
  }

  /**
   * The coverage after a run.
   *
   * @param run its id
   * @param commit what it was about; null where that is not known
   * @param total the sums of all files, also of those that stand by an earlier run
   * @param files how many files
   * @param carried how many of them stand by an earlier run
   * @param diffCovered changed lines that were executed
   * @param diffValid changed lines that could have been; -1 where no check measured it
   */
  public record Point(
      String run,
      @Nullable String commit,
      FileCoverage total,
      int files,
      int carried,
      long diffCovered,
      long diffValid) {}

  /**
   * What is known of a file.
   *
   * @param now the newest measurement
   * @param run the run that measured it
   * @param carried whether that is not the newest run
   * @param before the measurement before it; null where there is none
   */
  public record Known(
      FileCoverage now, String run, boolean carried, @Nullable FileCoverage before) {

    /** The share of its lines that were executed, 0 to 1; NaN where it has none. */
    public double share() {
      return share(now);
    }

    /** By how much the share is another than before; NaN where nothing is known of before. */
    public double change() {
      return before == null ? Double.NaN : share(now) - share(before);
    }

    static double share(FileCoverage file) {
      return file.linesValid() == 0 ? Double.NaN : (double) file.linesCovered() / file.linesValid();
    }
  }

  /**
   * What a check found of mutants.
   *
   * @param check its id
   * @param run the newest run with mutants
   * @param carried whether that is not the newest run of all
   * @param record what it found
   */
  public record Mutants(String check, String run, boolean carried, MutationRecord record) {}

  /** Nothing measured. */
  public static CoverageHistory none() {
    return new CoverageHistory(List.of(), List.of(), List.of());
  }

  /**
   * Of runs.
   *
   * @param runs the oldest first
   * @param stored gives a stored file by its digest
   * @param there whether a file is still of the project
   */
  public static CoverageHistory of(
      List<PastRun> runs, Function<String, Optional<Path>> stored, Predicate<String> there) {
    Map<String, Map<String, Known>> checks = new TreeMap<>();
    Map<String, Mutants> mutants = new TreeMap<>();
    List<Point> trend = new ArrayList<>();
    for (PastRun run : runs) {
      String id = run.run().id();
      long diffCovered = 0;
      long diffValid = -1;
      checks.values().forEach(files -> files.replaceAll((path, known) -> standing(known)));
      mutants.replaceAll((check, last) -> new Mutants(check, last.run(), true, last.record()));
      for (Artifact measure : run.measures()) {
        String text = text(stored.apply(measure.sha256()));
        if (measure.mediaType().equals(MutationRecord.MEDIA_TYPE)) {
          MutationRecord.read(text)
              .ifPresent(found ->
                  mutants.put(measure.check(), new Mutants(measure.check(), id, false, found)));
          continue;
        }
        CoverageRecord found = CoverageRecord.read(text).orElse(null);
        if (found != null) {
          take(found, id, checks.computeIfAbsent(measure.check(), key -> new TreeMap<>()));
          if (found.diffValid() >= 0) {
            diffCovered += found.diffCovered();
            diffValid = Math.max(0, diffValid) + found.diffValid();
          }
        }
      }
      Collection<Known> all = together(checks, there).values();
      if (!all.isEmpty()) {
        trend.add(
            new Point(
                id,
                run.run().subject().commit(),
                CodeCoverage.sum(all.stream().map(Known::now).toList()),
                all.size(),
                (int) all.stream().filter(Known::carried).count(),
                diffCovered,
                diffValid));
      }
    }
    return new CoverageHistory(
        trend, List.copyOf(together(checks, there).values()), List.copyOf(mutants.values()));
  }

  private static Known standing(Known known) {
    return new Known(known.now(), known.run(), true, known.before());
  }

  private static void take(CoverageRecord found, String run, Map<String, Known> files) {
    found
        .files()
        .forEach((path, file) -> {
          Known last = files.get(path);
          files.put(path, new Known(file, run, false, last == null ? null : last.now()));
        });
  }

  /** Of several checks that which executed the most; fresh before what stands by an earlier run. */
  private static Map<String, Known> together(
      Map<String, Map<String, Known>> checks, Predicate<String> there) {
    Map<String, Known> all = new LinkedHashMap<>();
    checks
        .values()
        .forEach(files ->
            files.forEach((path, known) -> {
              if (!known.carried() || there.test(path)) {
                all.merge(path, known, CoverageHistory::better);
              }
            }));
    return new TreeMap<>(all);
  }

  private static Known better(Known one, Known other) {
    return other.now().linesCovered() > one.now().linesCovered() ? other : one;
  }

  private static String text(Optional<Path> file) {
    try {
      return file.isEmpty() || Files.size(file.get()) > LARGEST
          ? ""
          : Files.readString(file.get(), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }
}
