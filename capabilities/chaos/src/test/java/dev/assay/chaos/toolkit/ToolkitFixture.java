package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs experiments in a folder of their own. */
final class ToolkitFixture {

  private final Path folder;
  private final TestContext context;
  private final Map<String, String> environment = new HashMap<>();
  private RunSettings settings = RunSettings.DEFAULT;

  ToolkitFixture(Path folder) {
    this.folder = folder;
    try {
      this.context =
          new TestContext(folder, Files.createDirectories(folder.resolve("scratch")), null);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
  }

  ToolkitFixture variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ToolkitFixture with(RunSettings.Strategy strategy, Duration frequency, boolean failFast) {
    settings =
        new RunSettings(
            strategy,
            frequency,
            failFast,
            settings.rollbacks(),
            settings.dry(),
            settings.configuration(),
            Map.of());
    return this;
  }

  ToolkitFixture with(RunSettings.Rollbacks rollbacks) {
    settings =
        new RunSettings(
            settings.hypothesis(),
            settings.frequency(),
            settings.failFast(),
            rollbacks,
            settings.dry(),
            settings.configuration(),
            Map.of());
    return this;
  }

  ToolkitFixture with(RunSettings.Dry dry) {
    settings =
        new RunSettings(
            settings.hypothesis(),
            settings.frequency(),
            settings.failFast(),
            settings.rollbacks(),
            dry,
            settings.configuration(),
            Map.of());
    return this;
  }

  ToolkitFixture with(Map<String, Json> configuration) {
    settings =
        new RunSettings(
            settings.hypothesis(),
            settings.frequency(),
            settings.failFast(),
            settings.rollbacks(),
            settings.dry(),
            configuration,
            Map.of());
    return this;
  }

  TestContext context() {
    return context;
  }

  /** Runs an experiment written in YAML or JSON. */
  ToolkitJournal run(String text) {
    return ToolkitRun.of(read(text), settings, Surroundings.of(context, environment)).run();
  }

  Experiment read(String text) {
    return ExperimentReader.of(
        ExperimentFile.of("experiment.yaml", text), folder, environment, settings);
  }

  List<Problem> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (ProblemException broken) {
      return broken.problems();
    }
  }
}
