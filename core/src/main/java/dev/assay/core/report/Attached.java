package dev.assay.core.report;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.value.Unit;
import dev.assay.core.report.stacks.Profile;
import dev.assay.core.report.stacks.Stacks;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows beside a run itself: the content of those artifacts that are folded stacks and
 * small tables, why its tests failed, and the past of its checks. Immutable.
 *
 * @param profiles by check
 * @param tables by check
 * @param failures the largest group first
 * @param pasts by check
 */
public record Attached(
    Map<String, List<Profile>> profiles,
    Map<String, List<Table>> tables,
    List<FailureGroup> failures,
    Map<String, CheckPast> pasts) {

  /** Nothing. */
  public static final Attached NONE = new Attached(Map.of(), Map.of());

  private static final int MOST_PROFILES = 12;
  private static final int MOST_TABLES = 12;
  private static final int MOST_ROWS = 100;
  private static final long LARGEST_TABLE = 1 << 20;
  private static final long LARGEST_STACKS = 32 << 20;

  /**
   * A table.
   *
   * @param name of the artifact
   * @param headings of its columns
   * @param rows its cells
   */
  public record Table(String name, List<String> headings, List<List<String>> rows) {
    /** Copies the lists. */
    public Table {
      headings = List.copyOf(headings);
      rows = List.copyOf(rows);
    }
  }

  /** Copies the collections. */
  public Attached {
    profiles = Map.copyOf(profiles);
    tables = Map.copyOf(tables);
    failures = List.copyOf(failures);
    pasts = Map.copyOf(pasts);
  }

  /** The same with why tests failed. */
  public Attached with(List<FailureGroup> groups) {
    return new Attached(profiles, tables, groups, pasts);
  }

  /** The content of artifacts only. */
  public Attached(Map<String, List<Profile>> profiles, Map<String, List<Table>> tables) {
    this(profiles, tables, List.of(), Map.of());
  }

  /**
   * Reads those of a run, for its stacks those of an earlier run to compare with, and the past of
   * its checks.
   */
  public static Attached read(Ledger ledger, RunReport run) {
    StackBaselines baselines = new StackBaselines(ledger, run);
    Attached own = read(ledger, run, check -> baselines.of(check).orElse(null));
    return new Attached(own.profiles, own.tables, own.failures, CheckPast.read(ledger, run));
  }

  /** Reads those of a run, with the stacks of one named run to compare with. */
  public static Attached read(Ledger ledger, RunReport run, RunReport baseline) {
    return read(
        ledger,
        run,
        check ->
            baseline.checks().stream()
                .filter(other -> other.id().equals(check.id()))
                .findFirst()
                .map(other ->
                    new StackBaselines.Found(
                        StackBaselines.name(baseline.summary()), other.evidence().artifacts()))
                .orElse(null));
  }

  private static Attached read(
      Ledger ledger,
      RunReport run,
      Function<CheckReport, StackBaselines.@Nullable Found> baseline) {
    Map<String, List<Profile>> profiles = new LinkedHashMap<>();
    Map<String, List<Table>> tables = new LinkedHashMap<>();
    for (CheckReport check : run.checks()) {
      List<Artifact> artifacts = check.evidence().artifacts();
      if (artifacts.stream().anyMatch(Attached::stacks)) {
        profiles.put(check.id(), profiles(ledger, artifacts, baseline.apply(check)));
      }
      List<Table> found = new ArrayList<>();
      for (Artifact artifact : artifacts) {
        if (artifact.mediaType().equals(Artifact.TABLE) && found.size() < MOST_TABLES) {
          table(ledger, artifact).ifPresent(found::add);
        }
      }
      if (!found.isEmpty()) {
        tables.put(check.id(), List.copyOf(found));
      }
    }
    return new Attached(profiles, tables);
  }

  static boolean stacks(Artifact artifact) {
    return artifact.mediaType().startsWith(Artifact.FOLDED_STACKS);
  }

  private static List<Profile> profiles(
      Ledger ledger, List<Artifact> artifacts, StackBaselines.@Nullable Found baseline) {
    List<Profile> profiles = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      if (stacks(artifact) && profiles.size() < MOST_PROFILES) {
        Stacks before = baseline == null ? null : before(ledger, artifact, baseline);
        stacks(ledger, artifact)
            .filter(now -> now.total() > 0)
            .ifPresent(now ->
                profiles.add(
                    new Profile(
                        artifact.name(),
                        unit(artifact),
                        now,
                        before,
                        before == null || baseline == null ? "" : baseline.name())));
      }
    }
    return List.copyOf(profiles);
  }

  private static @Nullable Stacks before(
      Ledger ledger, Artifact artifact, StackBaselines.Found baseline) {
    return baseline.artifacts().stream()
        .filter(other ->
            other.name().equals(artifact.name()) && other.mediaType().equals(artifact.mediaType()))
        .findFirst()
        .flatMap(other -> stacks(ledger, other))
        .filter(stacks -> stacks.total() > 0)
        .orElse(null);
  }

  private static Unit unit(Artifact artifact) {
    String type = artifact.mediaType();
    int at = type.indexOf("unit=");
    try {
      return at < 0 ? Unit.NONE : Unit.of(type.substring(at + 5).strip());
    } catch (IllegalArgumentException unknown) {
      return Unit.NONE;
    }
  }

  private static Optional<Stacks> stacks(Ledger ledger, Artifact artifact) {
    return content(ledger, artifact, LARGEST_STACKS, Stacks::read);
  }

  private static Optional<Table> table(Ledger ledger, Artifact artifact) {
    return content(
        ledger,
        artifact,
        LARGEST_TABLE,
        lines -> {
          String headings = lines.readLine();
          List<List<String>> rows = new ArrayList<>();
          String line;
          while ((line = lines.readLine()) != null && rows.size() < MOST_ROWS) {
            rows.add(List.of(line.split("\t", -1)));
          }
          return new Table(
              artifact.name(),
              List.of(headings == null ? new String[0] : headings.split("\t")),
              rows);
        });
  }

  private interface Reader<T> {
    T read(BufferedReader lines) throws IOException;
  }

  /** A report is written whether or not an artifact can be read; its digest is shown anyway. */
  private static <T> Optional<T> content(
      Ledger ledger, Artifact artifact, long largest, Reader<T> reader) {
    Optional<Path> file =
        artifact.size() > largest ? Optional.empty() : ledger.artifact(artifact.sha256());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (BufferedReader lines = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
      return Optional.of(reader.read(lines));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
