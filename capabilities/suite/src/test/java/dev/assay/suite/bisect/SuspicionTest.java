package dev.assay.suite.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.spi.SystemClock;
import dev.assay.suite.git.Commit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {

  static Commit commit(int number, String... parents) {
    return new Commit(
        String.format("%040x", number),
        List.of(parents),
        "ann",
        "a@b",
        "2026",
        "work " + number,
        List.of("a" + number));
  }

  private static List<Commit> row(int count) {
    List<Commit> commits = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      commits.add(commit(i, String.format("%040x", i - 1)));
    }
    return commits;
  }

  private static double[] even(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static final Bisection.Listener SILENT =
      new Bisection.Listener() {
        @Override
        public void begins(int number, Commit commit) {}

        @Override
        public void ended(
            int number, Commit commit, Result result, int left, Commit likeliest, double share) {}
      };

  /** A simulated repository in which one commit breaks a test. */
  private Bisection.Conclusion simulated(
      int commits,
      int culprit,
      double byChance,
      double ifBroken,
      double flaking,
      SplittableRandom random)
      throws InterruptedException {
    Lineage lineage = Lineage.of(row(commits));
    Probe probe =
        commit -> {
          boolean broken = Integer.parseInt(commit.hash().substring(30), 16) > culprit;
          return random.nextDouble() < (broken ? ifBroken : byChance) ? Result.FAIL : Result.PASS;
        };
    Notes notes = Notes.forgotten();
    return new Bisection(
            commit(0),
            lineage,
            new Suspicion(lineage, even(commits), flaking),
            probe,
            notes,
            new SystemClock())
        .search(0.95, 400, SILENT);
  }

  @ParameterizedTest(name = "fails {0} by chance and {1} where it is broken")
  @CsvSource({
    "0.0, 1.0, 0.0, 15",
    "0.02, 1.0, 0.02, 20",
    "0.1, 1.0, 0.1, 30",
    "0.0, 0.5, 0.0, 60",
    "0.05, 0.6, 0.05, 80"
  })
  void theCommitThatIsNamedIsTheOneAsOftenAsIsSaid(
      double byChance, double ifBroken, double flaking, int mostRuns) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(20260101);
    int right = 0;
    int found = 0;
    double said = 0;
    long runs = 0;
    int searches = 100;
    for (int i = 0; i < searches; i++) {
      int culprit = random.nextInt(64);
      Bisection.Conclusion conclusion = simulated(64, culprit, byChance, ifBroken, flaking, random);
      runs += conclusion.runs();
      if (conclusion.ending() == Bisection.Ending.FOUND) {
        found++;
        said += conclusion.probability();
        right +=
            conclusion.candidates().getFirst().commit().hash().equals(commit(culprit + 1).hash())
                ? 1
                : 0;
      }
    }

    assertThat(found).as("searches that named a commit").isGreaterThanOrEqualTo(95);
    // the least that 95 of 100 would show with a chance above 1 in 1,000
    assertThat((double) right / found)
        .as("named rightly, said " + said / found)
        .isGreaterThanOrEqualTo(0.88);
    assertThat(runs / searches).as("runs for 64 commits").isLessThanOrEqualTo(mostRuns);
  }

  @Test
  void aSearchWithoutChanceIsHardlyLongerThanABinaryOne() throws InterruptedException {
    Bisection.Conclusion conclusion = simulated(1000, 700, 0, 1, 0, new SplittableRandom(1));

    assertThat(conclusion.candidates().getFirst().commit().hash()).isEqualTo(commit(701).hash());
    assertThat(conclusion.runs()).isLessThanOrEqualTo(24);
  }

  @Test
  void whatTheTestTouchesIsLookedAtFirst() throws InterruptedException {
    Lineage lineage = Lineage.of(row(200));
    double[] weights = even(200);
    weights[150] = 500;
    List<Integer> asked = new ArrayList<>();
    Probe probe =
        commit -> {
          int number = Integer.parseInt(commit.hash().substring(30), 16);
          asked.add(number);
          return number >= 151 ? Result.FAIL : Result.PASS;
        };

    Bisection.Conclusion conclusion =
        new Bisection(
                commit(0),
                lineage,
                new Suspicion(lineage, weights, 0),
                probe,
                Notes.forgotten(),
                new SystemClock())
            .search(0.95, 100, SILENT);

    assertThat(conclusion.candidates().getFirst().commit().hash()).isEqualTo(commit(151).hash());
    assertThat(asked).hasSizeLessThanOrEqualTo(9).contains(150, 151);
  }

  @Test
  void aBranchThatWasMergedIsClearedByOneOfItsOwnCommits() {
    // 1 ─ 2 ─ 5(merge of 2 and 4), 1 ─ 3 ─ 4
    String one = commit(1).hash();
    String two = commit(2).hash();
    String four = commit(4).hash();
    List<Commit> commits =
        List.of(
            commit(1),
            commit(2, one),
            commit(3, one),
            commit(4, commit(3).hash()),
            commit(5, two, four));
    Suspicion suspicion = new Suspicion(Lineage.of(commits), even(5), 0);

    suspicion.see(4, true);
    suspicion.see(3, false);

    assertThat(suspicion.ofCommit(0)).isLessThan(0.1);
    assertThat(suspicion.ofCommit(2)).isLessThan(0.1);
    // a test that is broken may fail only at times, so one pass does not clear for certain
    assertThat(suspicion.ofCommit(1) + suspicion.ofCommit(4)).isBetween(0.75, 0.95);
  }

  @Test
  void aCommitThatCannotBeBuiltStaysSuspect() throws InterruptedException {
    Lineage lineage = Lineage.of(row(20));
    Probe probe =
        commit -> {
          int number = Integer.parseInt(commit.hash().substring(30), 16);
          return number >= 9 && number <= 11
              ? Result.UNBUILDABLE
              : number >= 10 ? Result.FAIL : Result.PASS;
        };

    Bisection.Conclusion conclusion =
        new Bisection(
                commit(0),
                lineage,
                new Suspicion(lineage, even(20), 0),
                probe,
                Notes.forgotten(),
                new SystemClock())
            .search(0.95, 100, SILENT);

    assertThat(conclusion.ending()).isEqualTo(Bisection.Ending.AMONG);
    assertThat(conclusion.candidates())
        .extracting(candidate -> candidate.commit().hash())
        .containsExactlyInAnyOrder(
            commit(9).hash(), commit(10).hash(), commit(11).hash(), commit(12).hash());
    assertThat(conclusion.skipped()).isLessThanOrEqualTo(3);
  }

  @Test
  void endsThatAreNotWhatTheyAreSaidToBeAreFound() throws InterruptedException {
    Lineage lineage = Lineage.of(row(50));
    Bisection.Conclusion passes =
        new Bisection(
                commit(0),
                lineage,
                new Suspicion(lineage, even(50), 0),
                commit -> Result.PASS,
                Notes.forgotten(),
                new SystemClock())
            .search(0.95, 100, SILENT);
    Bisection.Conclusion fails =
        new Bisection(
                commit(0),
                lineage,
                new Suspicion(lineage, even(50), 0),
                commit -> Result.FAIL,
                Notes.forgotten(),
                new SystemClock())
            .search(0.95, 100, SILENT);

    assertThat(passes.ending()).isEqualTo(Bisection.Ending.BAD_PASSES);
    assertThat(fails.ending()).isEqualTo(Bisection.Ending.GOOD_FAILS);
    assertThat(fails.runs()).isLessThanOrEqualTo(12);
  }
}
