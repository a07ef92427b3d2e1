package dev.assay.suite.select;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import dev.assay.suite.cache.Generation;
import dev.assay.suite.cache.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers which tests of a project a change can break, without running any. Not thread-safe. */
public final class SelectDoor {

  private final Path folder;
  private final Project project;
  private final Memory memory;
  private final Selector selector;

  private SelectDoor(Path folder, Project project, Memory memory, Selector selector) {
    this.folder = folder;
    this.project = project;
    this.memory = memory;
    this.selector = selector;
  }

  /**
   * Opens it on a project.
   *
   * @param folder of the project
   * @param kept folders that may remember its tests; the first with a memory is taken
   * @throws dev.assay.api.problem.ProblemException where there is nothing to select from
   */
  public static SelectDoor open(Path folder, List<Path> kept) throws IOException {
    Project project =
        Project.read(folder)
            .orElseThrow(() ->
                SelectProblems.PROJECT.failure(
                    Where.named(folder.toString()),
                    "no project with tests that Assay can read is in " + folder,
                    "name the folder with pom.xml, build.gradle, package.json or Python tests"));
    Memory memory = new Memory();
    for (Path each : kept) {
      Path file = each.resolve(SelectedRun.MEMORY);
      if (Files.isRegularFile(file)) {
        memory = Memory.read(file);
        break;
      }
    }
    // what is around the project is taken to be what it was, as no runner is named here
    Map<String, Long> around = new TreeMap<>();
    memory
        .generation(memory.nextGeneration() - 1)
        .map(Generation::inputs)
        .orElse(Map.of())
        .forEach((name, digest) -> {
          if (Surroundings.isOne(name)) {
            around.put(name, digest);
          }
        });
    return new SelectDoor(folder, project, memory, new Selector(project, around, memory));
  }

  /**
   * The folders in which checks remember their tests, the one used last first.
   *
   * @param kept the folder of all of them
   * @param check the only check that counts, or null for all
   */
  public static List<Path> memories(Path kept, @Nullable String check) throws IOException {
    Map<Path, FileTime> times = new HashMap<>();
    try (Stream<Path> folders = Files.list(kept)) {
      for (Path each : folders.toList()) {
        Path file = each.resolve(SelectedRun.MEMORY);
        boolean meant = check == null || each.endsWith(SelectedRun.folderName(check));
        if (meant && Files.isRegularFile(file)) {
          times.put(each, Files.getLastModifiedTime(file));
        }
      }
    }
    return times.entrySet().stream()
        .sorted(Map.Entry.<Path, FileTime>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Selects.
   *
   * @param since a commit, or null for what each test last passed with
   */
  public Selection select(@Nullable String since) {
    if (since == null) {
      return selector.sinceLastPass(0, 0);
    }
    Optional<Change> change = Change.since(since, new Checkout(folder), project, selector, memory);
    return selector.since(
        change.orElseThrow(() ->
            SelectProblems.COMMIT.failure(
                Where.named(folder.toString()),
                "Git knows no commit '" + since + "' here",
                "name a commit, branch or tag of the repository that the folder is in; in a"
                    + " shallow clone fetch it first")));
  }

  /** Why a test runs or not, in lines. */
  public List<String> why(String test, Selection selection) {
    List<String> lines = selector.why(test, selection);
    if (lines.isEmpty()) {
      throw SelectProblems.TEST.failure(
          Where.named(folder.toString()),
          "there is no test class '" + test + "'",
          "name one of `assay suite select`, as it is written there");
    }
    return lines;
  }

  /** A selection for programs. */
  public static Json json(Selection selection) {
    List<Json> decisions = new ArrayList<>();
    for (Decision decision : selection.decisions()) {
      decisions.add(
          Json.object()
              .put("test", decision.test())
              .put("run", decision.runs())
              .put("kind", decision.kind().name().toLowerCase(java.util.Locale.ROOT))
              .put("reason", decision.reason())
              .build());
    }
    Json.Builder rate = Json.object().put("sampled", selection.sampled());
    rate.put("missed", selection.missed());
    rate.put("low", selection.missRate().low()).put("high", selection.missRate().high());
    return Json.object()
        .put("tests", selection.decisions().size())
        .put("run", selection.run().size())
        .put("changed", Json.array(selection.changed().stream().map(Json::of).toList()))
        .put("notes", Json.array(selection.notes().stream().map(Json::of).toList()))
        .put("miss_rate", rate.build())
        .put("decisions", Json.array(decisions))
        .build();
  }
}
