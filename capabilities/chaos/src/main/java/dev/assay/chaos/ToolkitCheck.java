package dev.assay.chaos;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Template;
import dev.assay.chaos.toolkit.Experiment;
import dev.assay.chaos.toolkit.ExperimentReader;
import dev.assay.chaos.toolkit.RunSettings;
import dev.assay.chaos.toolkit.Surroundings;
import dev.assay.chaos.toolkit.ToolkitJournal;
import dev.assay.chaos.toolkit.ToolkitProblems;
import dev.assay.chaos.toolkit.ToolkitRun;
import dev.assay.chaos.toolkit.VariableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Carries out an experiment of the Chaos Toolkit. Probes of the steady state and activities are its
 * outcomes; the journal is its artifact.
 */
final class ToolkitCheck implements Check {

  private static final double NANOS = 1e9;

  private final ChaosConfiguration.ToolkitFile written;

  ToolkitCheck(ChaosConfiguration.ToolkitFile written) {
    this.written = written;
  }

  @Override
  public void run(CheckContext context, EvidenceSink sink) throws IOException {
    ChaosPermission.ensure(context, written.place());
    Map<String, String> environment = System.getenv();
    VariableFiles variables = new VariableFiles(environment);
    for (Template file : written.variables()) {
      String name = context.fill(file);
      variables.read(context.folder().resolve(name), name);
    }
    Map<String, Json> values = new HashMap<>(variables.configuration());
    written
        .set()
        .forEach(
            (name, value) -> VariableFiles.put(values, name, context.fill(value), written.place()));
    RunSettings settings =
        new RunSettings(
            written.hypothesis(),
            written.frequency(),
            written.failFast(),
            written.failFastRatio().ratio() * 100,
            written.rollbacks(),
            written.dry(),
            values,
            variables.secrets());
    String shown = context.fill(written.file());
    Experiment experiment =
        ExperimentReader.read(
            context.folder().resolve(shown),
            shown,
            context.folder(),
            variables.environment(),
            settings);
    experiment.ensureWayBack(shown, settings.rollbacks());
    ToolkitJournal journal =
        ToolkitRun.of(experiment, settings, Surroundings.of(context, variables.environment()))
            .run();
    Secrets secrets = new Secrets(experiment.secrets(), context);
    keep(journal, secrets, context, sink);
    evidence(experiment, journal, secrets, context, sink);
    if (context.cancellation().requested()) {
      throw new CancelledException("the experiment was interrupted");
    }
  }

  private void keep(
      ToolkitJournal journal, Secrets secrets, CheckContext context, EvidenceSink sink)
      throws IOException {
    String text = JsonWriter.pretty(journal.json(secrets::mask)) + "\n";
    Path file = context.scratch().resolve("journal.json");
    Files.writeString(file, text);
    sink.attach("journal.json", "application/json", file);
    Template path = written.journal();
    if (path != null) {
      Path copy = context.folder().resolve(context.fill(path));
      try {
        Files.writeString(copy, text);
      } catch (IOException refused) {
        throw ToolkitProblems.JOURNAL.failure(
            Where.named(copy.toString()),
            "the journal cannot be written to '" + copy + "'",
            "name a file in a folder that is there and can be written");
      }
    }
  }

  private static void evidence(
      Experiment experiment,
      ToolkitJournal journal,
      Secrets secrets,
      CheckContext context,
      EvidenceSink sink) {
    Activities activities = new Activities(secrets, context, sink);
    activities.state("before", journal.before());
    activities.during(journal.during());
    activities.all("method", journal.run());
    activities.state("after", journal.after());
    activities.all("rollbacks", journal.rollbacks());
    activities.end(journal);
    for (String warning : experiment.warnings()) {
      sink.emit(
          new Finding(
              context.check(),
              context.clock().now(),
              "chaos.toolkit",
              Finding.Severity.WARNING,
              null,
              context.redact(warning),
              "chaos.toolkit:" + context.check() + ":" + warning,
              Map.of()));
    }
  }

  /** Masks the experiment's own secrets as well as those of the run. */
  private static final class Secrets {
    private static final int SHORTEST = 4;

    private final List<String> values;
    private final CheckContext context;

    Secrets(Map<String, Json> secrets, CheckContext context) {
      this.values =
          secrets.values().stream()
              .flatMap(Secrets::texts)
              .filter(one -> one.length() >= SHORTEST)
              .toList();
      this.context = context;
    }

    private static Stream<String> texts(Json value) {
      return switch (value) {
        case Json.Text text -> Stream.of(text.value());
        case Json.Obj object -> object.members().values().stream().flatMap(Secrets::texts);
        case Json.Array array -> array.items().stream().flatMap(Secrets::texts);
        default -> Stream.empty();
      };
    }

    String mask(String text) {
      String masked = context.redact(text);
      for (String secret : values) {
        masked = masked.replace(secret, "***");
      }
      return masked;
    }
  }

  private record Activities(Secrets secrets, CheckContext context, EvidenceSink sink) {

    void state(String when, Json state) {
      if (state instanceof Json.Obj looked) {
        all("steady state " + when, looked.array("probes"));
      }
    }

    /** That it does not hold while something is broken fails no experiment of the toolkit. */
    void during(List<Json> states) {
      long held =
          states.stream()
              .filter(
                  state -> Json.of(true).equals(state.asObject().members().get("steady_state_met")))
              .count();
      if (!states.isEmpty()) {
        sink.emit(
            new Measurement(
                context.check(),
                ChaosMetrics.STEADY.name(),
                ChaosMetrics.STEADY.unit(),
                context.clock().now(),
                context.clock().now(),
                Map.of(),
                new Measured.Proportion(held, states.size())));
      }
    }

    void all(String suite, List<Json> runs) {
      runs.forEach(run -> one(suite, run.asObject()));
    }

    private void one(String suite, Json.Obj run) {
      String name = String.valueOf(run.object("activity").findText("name"));
      Duration took = Duration.ofNanos((long) (run.get("duration").asNumber() * NANOS));
      Attempt attempt = Attempt.passed(took);
      if (run.text("status").equals("failed")) {
        List<Json> lines = run.array("exception");
        String why = lines.isEmpty() ? "" : lines.getFirst().asText();
        attempt = failed(took, "activity failed", why.strip());
        if (run.object("activity").text("type").equals("action")) {
          // what was not done has proved nothing
          attempt =
              new Attempt(
                  Attempt.Result.ERROR, took, attempt.type(), attempt.message(), attempt.detail());
        }
      } else if (Json.of(false).equals(run.members().get("tolerance_met"))) {
        attempt =
            failed(
                took,
                "out of tolerance",
                "the output "
                    + JsonWriter.canonical(run.members().getOrDefault("output", Json.Null.VALUE))
                    + " is not within "
                    + JsonWriter.canonical(
                        run.object("activity")
                            .members()
                            .getOrDefault("tolerance", Json.Null.VALUE)));
      }
      emit(suite, name, attempt);
    }

    private Attempt failed(Duration took, String type, String message) {
      String masked = secrets.mask(message);
      String line = masked.lines().findFirst().orElse("");
      return Attempt.failed(
          took, type, line.length() > 500 ? line.substring(0, 500) + "…" : line, masked);
    }

    private void emit(String suite, String name, Attempt attempt) {
      sink.emit(
          new Outcome(
              context.check(), context.clock().now(), suite, name, List.of(attempt), Map.of()));
    }

    /** The experiment itself, which also fails where no single activity did. */
    void end(ToolkitJournal journal) {
      Duration took = Duration.ZERO;
      String status = journal.deviated() ? "deviated" : journal.status();
      String why = journal.reason() == null ? "" : ": " + journal.reason();
      emit(
          "experiment",
          "completed",
          status.equals("completed")
              ? Attempt.passed(took)
              : failed(took, status, "the experiment ended " + status + why));
    }
  }
}
