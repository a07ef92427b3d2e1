package dev.assay.suite.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Outcome;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.suite.git.Repository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureAnalysisTest {

  private static final String ORDER = "src/main/java/shop/Order.java";

  @TempDir Path folder;
  @TempDir Path store;
  private Pasts past;

  @BeforeEach
  void aPast() {
    past = new Pasts(store);
  }

  private static Outcome broken(String test, int line) {
    return Pasts.failed(
        "shop.OrderTest",
        test,
        "java.lang.ArithmeticException",
        "/ by zero",
        "java.lang.ArithmeticException: / by zero\n\tat shop.Order.total(Order.java:"
            + line
            + ")\n\tat shop.OrderTest."
            + test
            + "(OrderTest.java:3)");
  }

  private static Outcome well(String test) {
    return Pasts.passed("shop.OrderTest", test);
  }

  private Diagnosis diagnose(RunSummary run) {
    List<Diagnosis> diagnoses = new FailureAnalysis(past.ledger(), folder).of(run, null);
    assertThat(diagnoses).hasSize(1);
    return diagnoses.getFirst();
  }

  @Test
  void theCommitThatWroteTheLineIsTheSuspectAndItsOwnerIsNamed() {
    Repository repository = new Repository(folder);
    repository
        .write(ORDER, "class Order {\n  a\n  b\n}\n")
        .write(".github/CODEOWNERS", "src/ @shop\n");
    String good = repository.commit("begin");
    repository.write("README.md", "x").commit("describe");
    String culprit =
        repository.write(ORDER, "class Order {\n  a / 0\n  b\n}\n").commit("divide", "bob");
    String bad = repository.write("src/main/java/shop/Cart.java", "x").commit("cart");
    past.run(good, well("adds"), well("sums"));

    Diagnosis diagnosis = diagnose(past.run(bad, broken("adds", 2), broken("sums", 2)));

    assertThat(diagnosis.cluster().tests()).hasSize(2);
    Suspect first = diagnosis.suspects().getFirst();
    assertThat(first.commit().hash()).isEqualTo(culprit);
    assertThat(first.weight()).isGreaterThan(0.9);
    assertThat(first.reasons().getFirst()).contains(ORDER + ":2");
    assertThat(diagnosis.suspects()).hasSize(3);
    assertThat(diagnosis.owners().orElseThrow().names()).containsExactly("@shop");
    assertThat(diagnosis.sinceText()).contains("this is the first failure").contains("run-001");
    assertThat(diagnosis.again().orElseThrow().text()).contains("-Dtest=shop.OrderTest#adds");
    assertThat(DiagnosisForms.json(diagnosis).text("place")).isEqualTo(ORDER + ":2");
  }

  @Test
  void whatMendedTheSameFailureBeforeIsRemembered() {
    Repository repository = new Repository(folder);
    String one = repository.write(ORDER, "1\n2\n").commit("begin");
    String two = repository.write(ORDER, "1\nbad\n").commit("break");
    repository.write("README.md", "x").commit("describe");
    String mend = repository.write(ORDER, "1\ngood\n").commit("mend it", "cleo");
    String again = repository.write(ORDER, "1\nbad again\n").commit("break again");
    past.run(one, well("adds"));
    past.run(two, broken("adds", 2));
    past.run(mend, well("adds"));

    Diagnosis diagnosis = diagnose(past.run(again, broken("sums", 2), well("adds")));

    Similar similar = diagnosis.similar().getFirst();
    assertThat(similar.same()).isTrue();
    assertThat(similar.run()).isEqualTo("run-002");
    assertThat(similar.mendedIn()).isEqualTo("run-003");
    assertThat(similar.mendedBy())
        .extracting(commit -> commit.subject())
        .containsExactly("mend it");
    assertThat(DiagnosisForms.facts(diagnosis).toString()).contains("mend it").contains("cleo");
  }

  @Test
  void aTestThatPassedAndFailedAtOneCommitAccusesNobody() {
    Repository repository = new Repository(folder);
    String only = repository.write(ORDER, "1\n2\n").commit("begin");
    past.run(only, well("adds"));

    Diagnosis diagnosis = diagnose(past.run(only, broken("adds", 2)));

    assertThat(diagnosis.suspects()).isEmpty();
    assertThat(diagnosis.suspectsNote()).contains("same commit");
    assertThat(diagnosis.flakiness()).isNotNull();
  }

  @Test
  void aFailureThatGoesOnIsSuspectedFromItsFirstRun() {
    Repository repository = new Repository(folder);
    String good = repository.write(ORDER, "1\n2\n").commit("begin");
    String culprit = repository.write(ORDER, "1\nbad\n").commit("break");
    String later = repository.write(ORDER, "one\nbad\n").commit("more");
    past.run(good, well("adds"));
    past.run(culprit, broken("adds", 2));

    Diagnosis diagnosis = diagnose(past.run(later, broken("adds", 2)));

    assertThat(diagnosis.suspects())
        .extracting(suspect -> suspect.commit().hash())
        .containsExactly(culprit);
    assertThat(diagnosis.sinceText()).contains("2 runs, first in run-002");
  }

  @Test
  void withoutAPassInTheLedgerOnlyTheWritersOfTheLinesAreNamed() {
    Repository repository = new Repository(folder);
    String writer = repository.write(ORDER, "1\n2\n").commit("begin");
    String later = repository.write("README.md", "x").commit("describe");

    Diagnosis diagnosis = diagnose(past.run(later, broken("adds", 2)));

    assertThat(diagnosis.suspects())
        .extracting(suspect -> suspect.commit().hash())
        .containsExactly(writer);
    assertThat(diagnosis.suspectsNote()).contains("need not be what broke it");
  }

  @Test
  void withoutARepositoryFailuresAreStillGrouped() {
    Diagnosis diagnosis = diagnose(past.run(null, broken("adds", 2), broken("sums", 2)));

    assertThat(diagnosis.suspectsNote()).contains("no git repository");
    assertThat(diagnosis.cluster().failures()).hasSize(2);
  }

  @Test
  void aCommitThatIsNotHereIsSaidToBeMissing() {
    new Repository(folder).write("a", "b").commit("begin");

    assertThat(diagnose(past.run("f".repeat(40), broken("adds", 2))).suspectsNote())
        .contains("is not in this repository");
  }

  @Test
  void aRunInWhichNothingFailedHasNothingToExplain() {
    assertThat(new FailureAnalysis(past.ledger(), folder).of(past.run(null, well("adds")), null))
        .isEmpty();
  }
}
