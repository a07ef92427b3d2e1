package dev.assay.core.parse;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a workspace file outside its checks. */
@Doc("One workspace: what runs, where, and what is expected of it.")
record WorkspaceFile(
    @Doc("The name of the workspace.") String workspace,
    @Doc("Where the system under test runs. The first is used unless --env names another.")
        Map<String, EnvironmentFile> environments,
    @Doc("Names for templates, for all environments.") Map<String, Template> variables,
    @Doc("Processes that the run starts before the checks and stops after them.")
        Map<String, ServiceFile> services,
    @Doc("What is checked, by stable ids.") @Nullable Json checks,
    @Doc(
            "Groups of checks in order; a group starts when every check before it passed. Without it, all are one group.")
        List<List<Ref>> stages,
    Place place) {

  @Doc("Where the system under test runs.")
  record EnvironmentFile(
      @Doc("The base address; relative paths of checks start here.") @Nullable Template url,
      @Doc("Names for templates; they replace those of the workspace.")
          Map<String, Template> variables,
      @Doc("Names for ${secret.NAME}. The values come from outside and are masked in all output.")
          Map<String, SecretFile> secrets,
      @Doc(
              "Whether experiments may break it: one on this machine may be broken unless this is `refused`, any other only if it is `allowed`.")
          @Nullable Chaos chaos,
      Place place) {}

  /** Whether an environment may be broken on purpose. */
  enum Chaos {
    ALLOWED,
    REFUSED
  }

  @Doc("Where a secret's value comes from; exactly one key.")
  record SecretFile(
      @Doc("The environment variable that holds it.") @Nullable String env,
      @Doc("The file that holds it, relative to the workspace.") @Nullable String file,
      Place place) {}

  @Doc("A process that the run starts and stops, with its descendants.")
  record ServiceFile(
      @Doc(
              "The program and its arguments, started without a shell. ${port.NAME} is a free port kept for the service.")
          CommandLine command,
      @Doc("Variables added to its process environment.") Map<String, Template> environment,
      @Doc("The folder it starts in.") @Nullable Template folder,
      @Doc("How it is known to be ready; without it, when it has started.")
          @Nullable ReadyFile ready,
      @Doc("How long it may take to stop before it is killed.") @Default("10s") Duration grace,
      @Doc("Services that must be ready first.") List<Ref> needs,
      Place place) {}

  @Doc("How a service is known to be ready. All that is written must hold.")
  record ReadyFile(
      @Doc("A path or URL that must answer with a status below 400.") @Shorthand
          @Nullable Template get,
      @Doc("A port that must accept a connection.") @Nullable Template port,
      @Doc("A regular expression that a line of its output must match.") @Nullable String log,
      @Doc("How long that may take.") @Default("30s") Duration within,
      Place place) {}

  @Doc("The keys of a check beside the one that names its type.")
  record CheckFile(
      @Doc("Checks that must pass first. A check whose saved variable is used is needed by itself.")
          List<Ref> needs,
      @Doc(
              "Names with lists of values: the check is carried out once for each combination, with ${matrix.NAME} filled in. `exclude` and `include` are lists of combinations.")
          @Nullable Json matrix,
      @Doc("After how long the check is stopped.") @Default("10m") Duration timeout,
      Place place) {}

  @Doc("What must hold on a metric, in its long form.")
  record ExpectationFile(
      @Doc("A comparison such as < 150 ms.") @Shorthand @Nullable String is,
      @Doc("The least number of samples it may rest on; fewer are inconclusive.")
          @Nullable Long samples,
      @Key("no worse than")
          @Doc(
              "A baseline: a branch, the id of a run, or `previous`. Holds while the value is not worse than there.")
          @Nullable String noWorseThan,
      @Doc("How much worse is still no worse.") @Default("5 %") dev.assay.api.value.Share by,
      @Key("first run")
          @Doc("What it means while there is no baseline yet.")
          @Default("inconclusive")
          FirstRun firstRun,
      @Doc(
              "Whether what is worse is measured once more before it is said, where the check's type can be repeated.")
          @Default("once")
          Confirm confirm,
      Place place) {

    /** Whether a regression is confirmed. */
    enum Confirm {
      /** The check is carried out once more. */
      ONCE,
      /** It is said at once. */
      NEVER
    }

    /** What a missing baseline means. */
    enum FirstRun {
      /** Nothing can be said. */
      INCONCLUSIVE,
      /** The first run may pass and becomes the baseline. */
      PASSES
    }
  }
}
