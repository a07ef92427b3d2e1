package dev.assay.server.keep;

import dev.assay.api.ledger.Ledger.Receipt;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.spi.Clock;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.facts.ProjectFacts;
import dev.assay.server.hook.Hooks;
import dev.assay.server.output.RunOutputs;
import dev.assay.server.project.Project;
import dev.assay.server.project.ProjectRuns;
import dev.assay.server.project.Projects;
import dev.assay.server.ruling.Rulings;
import dev.assay.server.usage.Usage;
import dev.assay.store.WithdrawnArtifacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Erases a run: what its entries say, its files that no other run names, what people decided on it,
 * what webhooks were told of it, and what was read of it for the pages. That it was there stays, as
 * an entry in the chain and one in the audit log. Thread-safe.
 */
@Component
public final class Erasure {

  /** How long a reason may be. */
  public static final int LONGEST = 200;

  private final Projects projects;
  private final ProjectFacts facts;
  private final Rulings rulings;
  private final RunOutputs outputs;
  private final Usage usage;
  private final Hooks hooks;
  private final AuditLog audit;
  private final Clock clock;

  /** Made by Spring. */
  Erasure(
      Projects projects,
      ProjectFacts facts,
      Rulings rulings,
      RunOutputs outputs,
      Usage usage,
      Hooks hooks,
      AuditLog audit,
      Clock clock) {
    this.projects = projects;
    this.facts = facts;
    this.rulings = rulings;
    this.outputs = outputs;
    this.usage = usage;
    this.hooks = hooks;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether that is no reason: it has 1 to {@value #LONGEST} characters. */
  public static boolean wrongReason(String why) {
    return why.isBlank() || why.length() > LONGEST;
  }

  /**
   * Erases a run, for good.
   *
   * @param why the reason, 1 to 200 characters, which names nobody
   * @return says what the chain has of it; empty where there is no such run
   */
  public synchronized Optional<Receipt> erase(Project project, String run, String why) {
    if (wrongReason(why)) {
      throw new IllegalArgumentException("a reason has 1 to " + LONGEST + " characters");
    }
    ProjectRuns runs = projects.runs(project);
    RunSummary found = runs.find(run).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    Set<String> files = facts.of(project).files().onlyOf(found, runs.newestFirst());
    Optional<Receipt> erased = runs.erase(run, why.strip(), clock.now());
    erased.ifPresent(receipt -> {
      outputs.forget(project.name(), run);
      int _ = rulings.forget(project.name(), run);
      int _ = hooks.forget(project.name(), run);
      audit.note(
          "run.erased",
          project.name(),
          Target.thing("run " + run),
          Map.of(
              "why",
              why.strip(),
              "files",
              String.valueOf(files.size()),
              "hash in the chain",
              receipt.hash()));
      Path folder = projects.artifacts(project);
      if (!files.isEmpty() && Files.isDirectory(folder)) {
        long _ = WithdrawnArtifacts.withdraw(folder, files);
      }
      facts.of(project).forget(run);
      usage.taken(project);
      audit.settle();
    });
    return erased;
  }
}
