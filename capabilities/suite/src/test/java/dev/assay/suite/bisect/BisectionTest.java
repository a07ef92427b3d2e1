package dev.assay.suite.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.suite.failure.TestId;
import dev.assay.suite.git.Commit;
import dev.assay.suite.git.Git;
import dev.assay.suite.git.Repository;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real repository, a real worktree and a real command. */
class BisectionTest {

  private static final String REPORT =
      "mkdir -p out; if grep -q bad code.txt; then f='<failure message=\"bad\"/>'; fi;"
          + " echo \"<testsuite name='s'><testcase name='adds' classname='Order'>$f</testcase>"
          + "</testsuite>\" > out/a.xml";

  @TempDir Path folder;
  @TempDir Path scratch;
  private Repository repository;
  private TestContext context;
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void aRepository() {
    repository = new Repository(folder);
    context = new TestContext(folder, scratch, null);
  }

  private Git git() {
    return Git.at(folder).orElseThrow();
  }

  private Bisection.Conclusion search(String good, String bad, Experiment experiment, int most)
      throws InterruptedException {
    Git git = git();
    List<Commit> commits =
        git.between(git.resolve(good).orElseThrow(), git.resolve(bad).orElseThrow(), false, 100);
    Lineage lineage = Lineage.of(commits);
    double[] weights = new double[commits.size()];
    Arrays.fill(weights, 1);
    Path tree = scratch.resolve("tree");
    try (Worktree worktree =
        Worktree.open(git, tree, commits.getLast().hash(), List.of(), context.undo())) {
      CommandProbe probe =
          new CommandProbe(
              context.processes(),
              worktree,
              experiment,
              new TestId("unit", "Order", "adds"),
              scratch.resolve("output.log"),
              Duration.ofMinutes(1),
              context.cancellation());
      return new Bisection(
              git.commit(git.resolve(good).orElseThrow()).orElseThrow(),
              lineage,
              new Suspicion(lineage, weights, 0),
              probe,
              Notes.open(scratch.resolve("notes"), List.of("a"), false),
              new SystemClock())
          .search(0.95, most, new Heard());
    }
  }

  private final class Heard implements Bisection.Listener {
    @Override
    public void begins(int number, Commit commit) {
      heard.add(commit.subject());
    }

    @Override
    public void ended(
        int number, Commit commit, Result result, int left, Commit likeliest, double share) {
      heard.add(result.name());
    }
  }

  private static Experiment reports(String script) {
    return new Experiment(null, List.of("sh", "-c", script), "", List.of("out/*.xml"));
  }

  private String history(int commits, int broken) {
    repository.write("code.txt", "good").write("dirty.txt", "1").commit("begin");
    repository.git("tag", "good");
    String culprit = "";
    for (int i = 1; i <= commits; i++) {
      repository.write("file" + i, "x");
      if (i == broken) {
        repository.write("code.txt", "bad");
      }
      String hash = repository.commit("work " + i);
      culprit = i == broken ? hash : culprit;
    }
    return culprit;
  }

  @Test
  void theCommitIsFoundAndTheCheckoutStaysAsItWas() throws Exception {
    String culprit = history(20, 13);
    Files.writeString(folder.resolve("dirty.txt"), "not committed");

    Bisection.Conclusion conclusion = search("good", "main", reports(REPORT), 50);

    assertThat(conclusion.ending()).isEqualTo(Bisection.Ending.FOUND);
    assertThat(conclusion.candidates().getFirst().commit().hash()).isEqualTo(culprit);
    assertThat(repository.git("status", "--porcelain")).isEqualTo(" M dirty.txt\n");
    assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    assertThat(scratch.resolve("tree")).doesNotExist();
    assertThat(Files.readString(scratch.resolve("output.log"))).contains("==== " + culprit);
  }

  @Test
  void whatWasFoundOutBeforeAnInterruptionIsNotRunAgain() throws Exception {
    String culprit = history(20, 13);
    Bisection.Conclusion first = search("good", "main", reports(REPORT), 3);
    List<String> before = List.copyOf(heard);
    heard.clear();
    Path notes;
    try (var files = Files.list(scratch.resolve("notes"))) {
      notes = files.findFirst().orElseThrow();
    }
    Files.writeString(notes, "\n{\"commit\":\"half a li", StandardOpenOption.APPEND);

    Bisection.Conclusion second = search("good", "main", reports(REPORT), 50);

    assertThat(first.ending()).isEqualTo(Bisection.Ending.SPENT);
    assertThat(second.candidates().getFirst().commit().hash()).isEqualTo(culprit);
    assertThat(second.reused()).isEqualTo(3);
    assertThat(heard).doesNotContain(before.getFirst());
  }

  @Test
  void aBuildThatBreaksIsToldFromATestThatFails() throws Exception {
    repository.write("code.txt", "good").commit("begin");
    repository.git("tag", "good");
    repository.write("code.txt", "broken build").commit("half done");
    repository.write("code.txt", "good 2").commit("done");
    String culprit = repository.write("code.txt", "bad").commit("break");

    Bisection.Conclusion conclusion =
        search("good", "main", reports("grep -q broken code.txt && exit 3; " + REPORT), 50);

    assertThat(conclusion.candidates().getFirst().commit().hash()).isEqualTo(culprit);
    assertThat(heard).contains("UNBUILDABLE");
  }

  @Test
  void withoutReportsTheExitCodeTellsAsForGit() throws Exception {
    String culprit = history(8, 3);
    Experiment experiment =
        new Experiment(
            null,
            List.of(
                "sh", "-c", "test -f file6 && test ! -f file7 && exit 125; ! grep -q bad code.txt"),
            "",
            List.of());

    Bisection.Conclusion conclusion = search("good", "main", experiment, 50);

    assertThat(conclusion.candidates().getFirst().commit().hash()).isEqualTo(culprit);
  }

  @Test
  void aWorktreeThatACrashLeftIsRemoved() throws IOException {
    history(1, 1);
    Path tree = scratch.resolve("tree");
    repository.git("worktree", "add", "-q", "--detach", tree.toString(), "main");
    Files.writeString(tree.resolve("left.txt"), "x");

    assertThat(
            new WorktreeUndo()
                .undo(
                    "1",
                    java.util.Map.of("repository", folder.toString(), "path", tree.toString())))
        .hasValueSatisfying(said -> assertThat(said).contains("removed the worktree"));

    assertThat(tree).doesNotExist();
    assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    assertThat(
            new WorktreeUndo()
                .undo(
                    "1",
                    java.util.Map.of("repository", folder.toString(), "path", tree.toString())))
        .isEmpty();
  }

  @Test
  void aFolderThatIsNoWorktreeIsLeftAlone() throws IOException {
    history(1, 1);
    Files.writeString(scratch.resolve("mine.txt"), "x");

    new WorktreeUndo()
        .undo("1", java.util.Map.of("repository", folder.toString(), "path", scratch.toString()));

    assertThat(scratch.resolve("mine.txt")).exists();
  }
}
