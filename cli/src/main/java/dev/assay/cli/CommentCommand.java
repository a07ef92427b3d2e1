package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.problem.Where;
import dev.assay.core.report.MarkdownReport;
import dev.assay.core.report.RunReport;
import dev.assay.store.SqliteLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells a pull request what a run found. */
@Command(
    name = "comment",
    description = {
      "Writes a run as a comment on its pull request, on GitHub: one comment, which the next run",
      "changes. In GitHub Actions nothing need be given but GITHUB_TOKEN."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CommentCommand implements Callable<Integer> {

  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");
  private static final Pattern REF = Pattern.compile("refs/pull/(\\d{1,12})/.*");

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = "latest",
      paramLabel = "RUN",
      description = "The run's id or its beginning (default: ${DEFAULT-VALUE}).")
  private String run;

  @Mixin private WorkspaceOption workspace;

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME",
      description = "The repository, else that of GITHUB_REPOSITORY.")
  private @Nullable String repository;

  @Option(
      names = "--pull-request",
      paramLabel = "NUMBER",
      description = "The pull request, else that of GITHUB_REF or GITHUB_EVENT_PATH.")
  private @Nullable Long number;

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "Where the API is, else GITHUB_API_URL, else https://api.github.com.")
  private @Nullable String api;

  @Override
  public Integer call() throws InterruptedException {
    Console console = assay.console();
    Map<String, String> environment = console.environment();
    String token = environment.getOrDefault("GITHUB_TOKEN", "").strip();
    if (token.isEmpty()) {
      throw missing("there is no GITHUB_TOKEN", "let the workflow's step have it in its env");
    }
    URI address = PullRequest.api(api, environment);
    try (SqliteLedger ledger = workspace.ledger();
        PullRequest request =
            new PullRequest(address, repository(environment), number(environment), token)) {
      RunSummary found = Runs.find(ledger, run);
      RunReport report = RunReport.read(ledger, found);
      String text = MarkdownReport.write(report, Failures.groups(ledger, workspace.root(), found));
      PullRequest.Written written = request.write(mark(found), text);
      console.out().println((written.updated() ? "changed " : "wrote ") + written.url());
      return ExitCode.PASS.code();
    } catch (JsonException other) {
      throw CliProblems.PULL_REQUEST.failure(
          Where.named(address.toString()),
          "what answers there is not GitHub's API: " + other.getMessage(),
          "correct the address: --api URL");
    } catch (IOException away) {
      throw CliProblems.PULL_REQUEST.failure(
          Where.named(address.toString()),
          "GitHub cannot be asked: " + ServerProject.why(away),
          "look at the address, or try again later");
    }
  }

  /** Each workspace has a comment of its own; a name cannot end the mark. */
  private static String mark(RunSummary run) {
    return "<!-- assay: " + run.workspace().replaceAll("[^A-Za-z0-9 ._]", "_") + " -->";
  }

  private String repository(Map<String, String> environment) {
    String given =
        repository == null ? environment.getOrDefault("GITHUB_REPOSITORY", "") : repository;
    if (!REPOSITORY.matcher(given).matches()) {
      throw missing("'" + given + "' is no repository", "give --repository OWNER/NAME");
    }
    return given;
  }

  private long number(Map<String, String> environment) {
    Long given = number;
    if (given != null && given < 1) {
      throw missing("there is no pull request " + given, "give --pull-request NUMBER");
    }
    if (given != null) {
      return given;
    }
    Matcher ref = REF.matcher(environment.getOrDefault("GITHUB_REF", ""));
    if (ref.matches()) {
      return Long.parseLong(ref.group(1));
    }
    String event = environment.get("GITHUB_EVENT_PATH");
    if (event != null) {
      try {
        Json.Obj read = JsonReader.read(Files.readString(Path.of(event))).asObject();
        return read.object("pull_request").whole("number");
      } catch (IOException | JsonException none) {
        // said below
      }
    }
    throw missing("no pull request is named", "give --pull-request NUMBER");
  }

  private static RuntimeException missing(String what, String mend) {
    return CliProblems.USAGE.failure(Where.named("assay comment"), what, mend);
  }
}
