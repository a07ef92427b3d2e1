package dev.assay.suite.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.suite.trace.Frame;
import dev.assay.suite.trace.Language;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {

  @TempDir Path folder;
  private Repository repository;

  @BeforeEach
  void aRepository() {
    repository = new Repository(folder);
  }

  private Git git() {
    return Git.at(folder).orElseThrow();
  }

  @Test
  void withoutARepositoryThereIsNothingToAsk(@TempDir Path elsewhere) {
    assertThat(Git.at(elsewhere)).isEmpty();
  }

  @Test
  void commitsBetweenTwoComeOldestFirstWithTheirFiles() {
    String first = repository.write("a.txt", "1\n").commit("one");
    repository.write("b ü.txt", "1\n").commit("two “quoted”", "bob");
    String third = repository.write("a.txt", "2\n").write("c/d.txt", "x").commit("three");

    List<Commit> commits = git().between(first, third, false, 10);

    assertThat(commits).extracting(Commit::subject).containsExactly("two “quoted”", "three");
    assertThat(commits.getFirst().files()).containsExactly("b ü.txt");
    assertThat(commits.getFirst().author()).isEqualTo("bob");
    assertThat(commits.getLast().files()).containsExactly("a.txt", "c/d.txt");
    assertThat(git().statistics(third)).contains("2 files changed");
  }

  @Test
  void aMergeIsACommitOfItsOwn() {
    String first = repository.write("a.txt", "1\n").commit("one");
    repository.git("checkout", "-q", "-b", "side");
    repository.write("side.txt", "1\n").commit("on the side");
    repository.git("checkout", "-q", "main");
    repository.write("main.txt", "1\n").commit("on main");
    repository.git(
        "-c",
        "user.name=ann",
        "-c",
        "user.email=a@b",
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "merged",
        "side");

    assertThat(git().between(first, git().resolve("main").orElseThrow(), false, 10)).hasSize(3);
    List<Commit> along = git().between(first, git().resolve("main").orElseThrow(), true, 10);
    assertThat(along).extracting(Commit::subject).containsExactly("on main", "merged");
    assertThat(along.getLast().files()).containsExactly("side.txt");
    assertThat(along.getLast().parents()).hasSize(2);
  }

  @Test
  void aLineHasTheCommitThatWroteIt() {
    String first = repository.write("a.txt", "1\n2\n").commit("one");
    String second = repository.write("a.txt", "1\nzwei\n").commit("two");

    assertThat(git().blame(second, "a.txt", 1)).contains(first);
    assertThat(git().blame(second, "a.txt", 2)).contains(second);
    assertThat(git().blame(second, "a.txt", 99)).isEmpty();
    assertThat(git().blame(second, "none.txt", 1)).isEmpty();
  }

  @Test
  void namesThatAreOptionsAreNoRevisions() {
    String first = repository.write("a.txt", "1\n").commit("one");

    assertThat(git().resolve("main")).contains(first);
    assertThat(git().resolve(first.substring(0, 8))).contains(first);
    assertThat(git().resolve("--all")).isEmpty();
    assertThat(git().resolve("nowhere")).isEmpty();
  }

  @Test
  void changedLinesAreThoseOfTheNewText() {
    String first = repository.write("a.txt", "1\n2\n3\n").write("gone.txt", "x\n").commit("one");
    repository.git("rm", "-q", "gone.txt");
    String second =
        repository.write("a.txt", "1\nzwei\n3\n+++ b/x\n").write("ä.txt", "n\n").commit("two");

    assertThat(git().changedLines(first, second))
        .containsOnlyKeys("a.txt", "ä.txt")
        .containsEntry("a.txt", List.of(2, 4))
        .containsEntry("ä.txt", List.of(1));
  }

  @Test
  void framesAreFoundInTheProjectWhereverItWasBuilt() {
    repository
        .write("core/src/main/java/shop/Order.java", "")
        .write("src/util.ts", "")
        .write("lib/util.ts", "")
        .write("order/order.go", "");
    ProjectCode code = ProjectCode.in(folder, Git.at(folder));

    assertThat(code.find(Language.JAVA, new Frame("shop.Order$Line", "total", "Order.java", 3)))
        .contains("core/src/main/java/shop/Order.java");
    assertThat(code.find(Language.JAVA, new Frame("other.Order", "total", "Order.java", 3)))
        .isEmpty();
    assertThat(code.find(Language.JAVASCRIPT, new Frame("", "f", "/ci/build/src/util.ts", 1)))
        .contains("src/util.ts");
    assertThat(code.find(Language.JAVASCRIPT, new Frame("", "f", "util.ts", 1))).isEmpty();
    assertThat(
            code.find(Language.JAVASCRIPT, new Frame("", "f", "/x/node_modules/a/src/util.ts", 1)))
        .isEmpty();
    assertThat(
            code.owns(
                Language.GO, new Frame("example.com/order", "Total", "/home/x/order/order.go", 1)))
        .isTrue();
    assertThat(code.owns(Language.JAVA, new Frame("org.springframework.X", "y", "X.java", 1)))
        .isFalse();
  }
}
