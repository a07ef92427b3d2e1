package dev.assay.suite.coverage;

import dev.assay.suite.git.Git;
import dev.assay.suite.report.FileCoverage;
import dev.assay.suite.report.Format;
import dev.assay.suite.report.Mutant;
import dev.assay.suite.report.ReportListener;
import dev.assay.suite.report.SourceLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what reports say of source files, report by report. Between {@link #begin} and
 * {@link #end} it listens to one report; {@link #drop} forgets what that report said. Not
 * thread-safe.
 */
public final class Gatherer implements ReportListener {

  private static final int MOST_FILES = 500_000;
  private static final int MOST_MUTANTS = 500_000;

  private record Told(
      FileCoverage file, String path, List<String> roots, BitSet valid, BitSet executed) {}

  private final Path project;
  private final @Nullable Git git;
  private @Nullable SourcePaths paths;
  private @Nullable Path report;
  private final List<Told> told = new ArrayList<>();
  private final List<Mutant> toldMutants = new ArrayList<>();
  private final Map<String, FileLines> files = new TreeMap<>();
  private final List<PlacedMutant> mutants = new ArrayList<>();
  private final Set<String> outside = new TreeSet<>();
  private final Set<String> unfit = new TreeSet<>();
  private final Map<String, List<String>> ambiguous = new TreeMap<>();
  private boolean anyCoverage;
  private boolean anyMutants;

  /**
   * Begins.
   *
   * @param project the folder that the tool was started in
   * @param git the repository; null where there is none
   */
  public Gatherer(Path project, @Nullable Git git) {
    this.project = project;
    this.git = git;
  }

  /** A report is read from here on. */
  public void begin(Path file) {
    drop();
    report = file;
  }

  /** The report is no good, or of something else. */
  public void drop() {
    told.clear();
    toldMutants.clear();
    report = null;
  }

  @Override
  public void file(FileCoverage file, SourceLines lines) {
    if (report != null && told.size() < MOST_FILES) {
      BitSet valid = new BitSet();
      BitSet executed = new BitSet();
      FileLines.read(lines, valid, executed);
      told.add(new Told(file, lines.path(), lines.roots(), valid, executed));
    }
  }

  @Override
  public void mutant(Mutant mutant) {
    if (report != null && toldMutants.size() + mutants.size() < MOST_MUTANTS) {
      toldMutants.add(mutant);
    }
  }

  /** The report has been read, and counts. */
  public void end(Format format) {
    Path from = report;
    if (from == null) {
      return;
    }
    List<String> written = new ArrayList<>(told.stream().map(Told::path).toList());
    toldMutants.stream().map(Mutant::path).distinct().forEach(written::add);
    SourcePaths known = paths();
    String elsewhere = known == null ? "" : known.elsewhere(written);
    SourcePaths.Origin origin = new SourcePaths.Origin(format, from, project, elsewhere);
    for (Told one : told) {
      anyCoverage = true;
      String place = place(one.path(), one.roots(), origin);
      if (place != null && longer(place, one.valid())) {
        unfit.add(place);
      }
      files
          .computeIfAbsent(place == null ? shown(one.path()) : place, key -> new FileLines())
          .add(one.file(), one.valid(), one.executed());
    }
    Map<String, String> places = new TreeMap<>();
    for (Mutant mutant : toldMutants) {
      anyMutants = true;
      String place =
          places.computeIfAbsent(
              mutant.path(),
              path -> {
                String found = place(path, List.of(), origin);
                return found == null ? "" : found;
              });
      mutants.add(new PlacedMutant(place.isEmpty() ? null : place, mutant));
    }
    drop();
  }

  /** The file of the repository; null where none is meant for certain, which is noted. */
  private @Nullable String place(String path, List<String> roots, SourcePaths.Origin origin) {
    SourcePaths known = paths();
    if (known == null) {
      return null;
    }
    return switch (known.of(path, roots, origin)) {
      case SourcePaths.One one -> one.path();
      case SourcePaths.None none -> {
        outside.add(shown(path));
        yield null;
      }
      case SourcePaths.Several several -> {
        ambiguous.put(shown(path), several.paths());
        yield null;
      }
    };
  }

  private String shown(String path) {
    try {
      Path absolute = Path.of(path);
      return absolute.startsWith(project) ? project.relativize(absolute).toString() : path;
    } catch (java.nio.file.InvalidPathException odd) {
      return path;
    }
  }

  /** Whether lines are spoken of that the file has not: it is not the one that was executed. */
  private boolean longer(String place, BitSet lines) {
    Git repository = git;
    // Kotlin numbers the lines of inlined functions beyond the end of the file
    return repository != null
        && !place.endsWith(".kt")
        && lines.length() - 1 > Change.count(repository.root().resolve(place));
  }

  private @Nullable SourcePaths paths() {
    Git repository = git;
    if (paths == null && repository != null) {
      paths = new SourcePaths(repository.root(), repository.files(MOST_FILES));
    }
    return paths;
  }

  /** All that was gathered of coverage; null where no report was of that. */
  public @Nullable CodeCoverage coverage() {
    return anyCoverage
        ? new CodeCoverage(
            git, Map.copyOf(files), List.copyOf(outside), List.copyOf(unfit), Map.copyOf(ambiguous))
        : null;
  }

  /** All that was gathered of mutants; null where no report was of them. */
  public @Nullable Mutation mutation() {
    return anyMutants ? new Mutation(mutants) : null;
  }
}
