package dev.assay.cli;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** The problems of the command line itself. */
final class CliProblems {

  static final ProblemType USAGE =
      new ProblemType(
          "ASSAY-CLI-001",
          ProblemKind.USER,
          "The command line is wrong",
          "An option or argument is not known, is missing or has a wrong form. `assay COMMAND"
              + " --help` shows what there is.");
  static final ProblemType NO_RUN =
      new ProblemType(
          "ASSAY-CLI-002",
          ProblemKind.USER,
          "There is no such run",
          "The run asked for is not in the ledger of this workspace, or several runs begin with"
              + " what was given. `assay ledger list` shows the runs.");
  static final ProblemType NOT_WRITTEN =
      new ProblemType(
          "ASSAY-CLI-003",
          ProblemKind.ENVIRONMENT,
          "A file cannot be written",
          "The folder is missing, may not be written by this user, or its disk is full.");
  static final ProblemType EXISTS =
      new ProblemType(
          "ASSAY-CLI-004",
          ProblemKind.USER,
          "The file is already there",
          "`assay init` writes a first workspace file and never replaces one; `assay load import`"
              + " only with --force.");
  static final ProblemType NO_CODE =
      new ProblemType(
          "ASSAY-CLI-005",
          ProblemKind.USER,
          "There is no such problem code",
          "`assay explain` without a code lists all of them.");
  static final ProblemType UNFORESEEN =
      new ProblemType(
          "ASSAY-CLI-006",
          ProblemKind.INTERNAL,
          "Assay failed in a way that it did not foresee",
          "This is a defect of Assay. Please report it with the stack trace.");
  static final ProblemType DAMAGED =
      new ProblemType(
          "ASSAY-CLI-007",
          ProblemKind.ENVIRONMENT,
          "The ledger is damaged",
          "What is on the disk is not what Assay wrote: bytes of the ledger or of an artifact were"
              + " changed, or are missing. Restore .assay from a backup, or move it away and keep"
              + " it for whoever looks into it.");

  static final ProblemType NO_STACKS =
      new ProblemType(
          "ASSAY-CLI-008",
          ProblemKind.USER,
          "There are no stacks to compare",
          "Stacks are recorded of services that say `profile: true`, while a check that measures"
              + " time runs. Both runs need some of the same check and the same service.");

  static final ProblemType NOT_PREPARED =
      new ProblemType(
          "ASSAY-CLI-009",
          ProblemKind.USER,
          "A tree cannot be prepared",
          "`--prepare` builds the working tree and the baseline before their first runs. The"
              + " command failed in one of them; what it printed stands above.");

  static final ProblemType NO_HISTORY =
      new ProblemType(
          "ASSAY-CLI-010",
          ProblemKind.USER,
          "There is no history to show",
          "`assay trend` needs at least three runs of one environment that completed and measured"
              + " the same, `assay backtest` runs with checks of the policy's names. `assay ledger"
              + " list` shows the runs.");

  static final ProblemType NO_KEY =
      new ProblemType(
          "ASSAY-CLI-011",
          ProblemKind.USER,
          "A key or passport cannot be used",
          "A passport is signed with an Ed25519 key as PEM, which only its owner may read, and"
              + " verified with its public key. `assay passport key FILE` makes both; `openssl"
              + " genpkey -algorithm ed25519` makes the first.");
  static final ProblemType NO_PASSPORT =
      new ProblemType(
          "ASSAY-CLI-012",
          ProblemKind.USER,
          "There can be no passport of this run",
          "A passport says what was tested by a digest: a commit without changes, the artifact that"
              + " the workspace names, or files given with --subject. The run must have ended, and"
              + " the keys must belong together.");

  static final ProblemType NO_TEST =
      new ProblemType(
          "ASSAY-CLI-013",
          ProblemKind.USER,
          "There is no such test",
          "A test is named as the reports name it: by its name, its class, or both as in"
              + " `OrderTest#total`. `assay failures` shows those that failed.");

  static final ProblemType WATCH =
      new ProblemType(
          "ASSAY-CLI-020",
          ProblemKind.ENVIRONMENT,
          "The folder cannot be watched",
          "The operating system refuses to tell of changes, most often because a limit is reached;"
              + " on Linux that is fs.inotify.max_user_watches, which `sysctl` raises. Folders that"
              + " tools write (target, build, node_modules and the like) are not watched anyway.");

  static final ProblemType SERVER =
      new ProblemType(
          "ASSAY-CLI-030",
          ProblemKind.ENVIRONMENT,
          "The server does not take the run",
          "A run is sent to a project of a server, http://HOST/projects/NAME, with a key of that"
              + " project, which its settings make. The run itself is in the ledger of the"
              + " workspace whatever becomes of this; `assay push` sends what is missing.");

  static final ProblemType FULL =
      new ProblemType(
          "ASSAY-CLI-140",
          ProblemKind.ENVIRONMENT,
          "The server's project has no room",
          "The owners of a server say how much each project may keep and send a day. A run that does"
              + " not fit goes on where it is and is whole in the ledger of its workspace; `assay"
              + " push` sends what is missing once there is room.");

  static final ProblemType PULL_REQUEST =
      new ProblemType(
          "ASSAY-CLI-031",
          ProblemKind.ENVIRONMENT,
          "The pull request takes no comment",
          "`assay comment` needs a token in GITHUB_TOKEN that may write to pull requests of the"
              + " repository; in GitHub Actions, `permissions: pull-requests: write`. Pull requests"
              + " of forks get no such token there.");

  static final ProblemType RULINGS =
      new ProblemType(
          "ASSAY-CLI-032",
          ProblemKind.ENVIRONMENT,
          "What people decided is not known",
          "`assay verdict --server` asks a server for approvals and overrides of a run. While it"
              + " does not answer nothing is approved or overridden. It needs a key with the scope"
              + " read, and a run that was sent there with `assay run --server` or `assay push`.");

  static final ProblemType TELEMETRY =
      new ProblemType(
          "ASSAY-CLI-033",
          ProblemKind.ENVIRONMENT,
          "Telemetry of the run is not taken",
          "`--otlp` sends a run to whatever takes OTLP over HTTP, such as an OpenTelemetry"
              + " Collector, and `--datadog` to Datadog. The run itself is in the ledger whatever"
              + " becomes of this; `assay report RUN --otlp URL` sends it again.");

  private CliProblems() {}

  static List<ProblemType> all() {
    return List.of(
        USAGE,
        NO_RUN,
        NOT_WRITTEN,
        EXISTS,
        NO_CODE,
        UNFORESEEN,
        DAMAGED,
        NO_STACKS,
        NOT_PREPARED,
        NO_HISTORY,
        NO_KEY,
        NO_PASSPORT,
        NO_TEST,
        WATCH,
        SERVER,
        FULL,
        PULL_REQUEST,
        RULINGS,
        TELEMETRY);
  }
}
