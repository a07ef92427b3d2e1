package dev.assay.core.parse;

import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what went wrong in production: a YAML list of incidents, each with the time it began or the
 * commit that caused it, and how many minutes it lasted.
 */
public final class IncidentFile {

  private static final List<String> KEYS = List.of("at", "commit", "minutes", "what");

  private final List<Problem> problems = new ArrayList<>();

  private IncidentFile() {}

  /**
   * One incident. Immutable.
   *
   * @param at when it began; null where only its commit is known
   * @param commit the commit, or its beginning, that caused it; null where it is not known
   * @param lasted how long; zero where it is not known
   * @param what a few words
   */
  public record Incident(
      @Nullable Instant at, @Nullable String commit, Duration lasted, String what) {}

  /**
   * Reads a file.
   *
   * @throws ProblemException with all that is wrong in it
   */
  public static List<Incident> read(Path file) {
    IncidentFile reader = new IncidentFile();
    Optional<Node> root = YamlReader.read(SourceFile.read(file), reader.problems);
    List<Incident> incidents = root.map(reader::incidents).orElse(List.of());
    if (incidents.isEmpty() && reader.problems.isEmpty()) {
      reader.wrong(Where.named(file.toString()), "the file has no incidents");
    }
    if (!reader.problems.isEmpty()) {
      throw new ProblemException(reader.problems);
    }
    return incidents;
  }

  private List<Incident> incidents(Node root) {
    Node list =
        root instanceof Node.Mapping mapping
            ? mapping.find("incidents").map(Node.Entry::value).orElse(root)
            : root;
    List<Incident> incidents = new ArrayList<>();
    if (list instanceof Node.Items items) {
      for (Node item : items.items()) {
        if (item instanceof Node.Mapping mapping) {
          incidents.add(incident(mapping));
        } else {
          wrong(item.place(), "an incident cannot be " + item.kind());
        }
      }
    } else {
      wrong(list.place(), "incidents cannot be " + list.kind());
    }
    return incidents;
  }

  private Incident incident(Node.Mapping mapping) {
    Instant at = null;
    String commit = null;
    Duration lasted = Duration.ZERO;
    String what = "";
    for (Node.Entry entry : mapping.entries()) {
      if (!(entry.value() instanceof Node.Scalar scalar)) {
        wrong(entry.value().place(), "'" + entry.key() + "' cannot be " + entry.value().kind());
        continue;
      }
      switch (entry.key()) {
        case "at" -> at = time(scalar);
        case "commit" -> commit = commit(scalar);
        case "minutes" -> lasted = minutes(scalar);
        case "what" -> what = scalar.text();
        default ->
            wrong(entry.keyPlace(), "'" + entry.key() + "' is none of " + String.join(", ", KEYS));
      }
    }
    if (mapping.find("at").isEmpty() && mapping.find("commit").isEmpty()) {
      wrong(mapping.place(), "an incident has neither 'at' nor 'commit'");
    }
    return new Incident(at, commit, lasted, what);
  }

  private @Nullable Instant time(Node.Scalar scalar) {
    try {
      return OffsetDateTime.parse(scalar.text().strip().replace(' ', 'T')).toInstant();
    } catch (DateTimeException wrong) {
      wrong(scalar.place(), scalar.kind() + " is no time such as 2026-03-01T10:00:00Z");
      return null;
    }
  }

  private @Nullable String commit(Node.Scalar scalar) {
    if (!scalar.text().matches("[0-9a-fA-F]{7,64}")) {
      wrong(scalar.place(), scalar.kind() + " is no commit of 7 to 64 hexadecimal digits");
      return null;
    }
    return scalar.text().toLowerCase(java.util.Locale.ROOT);
  }

  private Duration minutes(Node.Scalar scalar) {
    try {
      double minutes = Double.parseDouble(scalar.text());
      if (minutes >= 0 && minutes <= 1e7) {
        return Duration.ofMillis(Math.round(minutes * 60_000));
      }
    } catch (NumberFormatException wrong) {
      // said below
    }
    wrong(scalar.place(), scalar.kind() + " is no number of minutes");
    return Duration.ZERO;
  }

  private void wrong(Where where, String what) {
    problems.add(
        PlanProblems.WRONG_TYPE.at(
            where,
            what,
            "write a list such as `- { at: 2026-03-01T10:00:00Z, commit: 0123abc, minutes: 45 }`"));
  }
}
