package dev.assay.suite.bisect;

import dev.assay.api.spi.Clock;
import dev.assay.suite.git.Commit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Searches. First the bad end is run and then the good one, as nothing else is worth anything where
 * they are not what they are said to be; then always the commit where a run teaches most. A commit
 * that cannot be built is not run again, its neighbours are thought to be likelier to fail to
 * build, too, and it stays suspect: where it cannot be told from its neighbours, all of them are
 * named. Not thread-safe.
 */
public final class Bisection {

  /** A share that does not count. */
  private static final double HARDLY = 0.002;

  /** What teaches less, teaches nothing. */
  private static final double LEAST_BITS = 1e-5;

  private final Lineage lineage;
  private final Commit good;
  private final Suspicion suspicion;
  private final Probe probe;
  private final Notes notes;
  private final Clock clock;
  private final Map<String, Integer> at = new HashMap<>();
  private final boolean[] unbuildable;
  private boolean goodUnbuildable;
  private int runs;
  private int reused;
  private int skipped;

  /**
   * A search.
   *
   * @param good the good end
   * @param lineage the commits after it up to the bad end, which is the last one
   * @param suspicion what is thought before
   */
  public Bisection(
      Commit good, Lineage lineage, Suspicion suspicion, Probe probe, Notes notes, Clock clock) {
    this.good = good;
    this.lineage = lineage;
    this.suspicion = suspicion;
    this.probe = probe;
    this.notes = notes;
    this.clock = clock;
    this.unbuildable = new boolean[lineage.size()];
    at.put(good.hash(), Suspicion.GOOD);
    for (int i = 0; i < lineage.size(); i++) {
      at.put(lineage.commits().get(i).hash(), i);
    }
  }

  /** Hears of each run. */
  public interface Listener {
    /**
     * A run begins.
     *
     * @param number from 1
     */
    void begins(int number, Commit commit);

    /**
     * It ended.
     *
     * @param left between how many commits it still is, as far as any of them has a share that
     *     counts
     */
    void ended(int number, Commit commit, Result result, int left, Commit likeliest, double share);
  }

  /** How it ended. */
  public enum Ending {
    /** One commit is likelier than was asked for. */
    FOUND,
    /** One of several commits that cannot be told apart, as some of them cannot be built. */
    AMONG,
    /** The test failed at the good end already. */
    GOOD_FAILS,
    /** The test does not fail at the bad end. */
    BAD_PASSES,
    /** As many runs were made as are allowed. */
    SPENT
  }

  /**
   * A commit and how likely it broke the test.
   *
   * @param commit the commit
   * @param probability 0 to 1
   * @param built whether it could be built
   */
  public record Candidate(Commit commit, double probability, boolean built) {}

  /**
   * What was found.
   *
   * @param ending how it ended
   * @param probability of what the ending says
   * @param candidates the likeliest first, as many as together reach the probability asked for
   * @param runs how often the test was run now
   * @param reused how many results of earlier runs were used
   * @param skipped how many commits could not be built or have no such test
   * @param chanceRate how often the test is thought to fail where it is not broken
   * @param brokenRate how often where it is
   */
  public record Conclusion(
      Ending ending,
      double probability,
      List<Candidate> candidates,
      int runs,
      int reused,
      int skipped,
      double chanceRate,
      double brokenRate) {
    /** Copies the list. */
    public Conclusion {
      candidates = List.copyOf(candidates);
    }
  }

  /** Uses a result that is known already; of a commit that is no candidate, nothing happens. */
  public void know(String commit, Result result) {
    Integer where = at.get(commit);
    if (where != null && result.tells()) {
      learn(where, result);
      reused++;
    }
  }

  private void learn(int where, Result result) {
    if (result.tells()) {
      suspicion.see(where, result == Result.FAIL);
    } else if (where == Suspicion.GOOD) {
      goodUnbuildable = true;
      skipped++;
    } else {
      unbuildable[where] = true;
      skipped++;
    }
  }

  /**
   * Searches to the end.
   *
   * @param probability how sure to be, above 0.5 and below 1
   * @param mostRuns how often the test is run at the most
   * @throws InterruptedException if it was stopped; the notes keep what was found
   */
  public Conclusion search(double probability, int mostRuns, Listener listener)
      throws InterruptedException {
    boolean badKnown = knows(lineage.size() - 1);
    boolean goodKnown = knows(Suspicion.GOOD);
    for (Notes.Note note : notes.all()) {
      Integer where = at.get(note.commit());
      if (where != null) {
        learn(where, note.result());
        reused += note.result().tells() ? 1 : 0;
        badKnown |= where == lineage.size() - 1;
        goodKnown |= where == Suspicion.GOOD;
      }
    }
    while (true) {
      Conclusion reached = reached(probability);
      if (reached != null) {
        return reached;
      }
      if (runs >= mostRuns) {
        return conclusion(Ending.SPENT, probability);
      }
      int next = !badKnown ? lineage.size() - 1 : !goodKnown ? Suspicion.GOOD : next();
      if (next == NOTHING) {
        return conclusion(Ending.AMONG, probability);
      }
      badKnown |= next == lineage.size() - 1;
      goodKnown |= next == Suspicion.GOOD;
      run(next, listener);
    }
  }

  private boolean knows(int where) {
    return where == Suspicion.GOOD
        ? suspicion.ofGoodEnd() < HARDLY
        : suspicion.ofNoFailure() < HARDLY;
  }

  private void run(int where, Listener listener) throws InterruptedException {
    Commit commit = where == Suspicion.GOOD ? good : lineage.commits().get(where);
    runs++;
    listener.begins(runs, commit);
    long start = clock.nanos();
    Result result = probe.run(commit);
    notes.add(new Notes.Note(commit.hash(), result, (clock.nanos() - start) / 1_000_000));
    learn(where, result);
    List<Candidate> ranked = ranked();
    int left = (int) ranked.stream().filter(one -> one.probability() >= HARDLY).count();
    Candidate first = ranked.getFirst();
    listener.ended(runs, commit, result, left, first.commit(), first.probability());
  }

  private static final int NOTHING = -2;

  /** The commit that teaches most, with how likely it can be built taken into account. */
  private int next() {
    double[] bits = suspicion.information();
    int best = NOTHING;
    double most = LEAST_BITS;
    for (int i = 0; i <= lineage.size(); i++) {
      boolean end = i == lineage.size();
      if (end ? goodUnbuildable : unbuildable[i]) {
        continue;
      }
      double worth = end ? bits[i] : bits[i] * buildable(i);
      if (worth > most) {
        most = worth;
        best = end ? Suspicion.GOOD : i;
      }
    }
    return best;
  }

  /** Broken builds come in rows. */
  private double buildable(int commit) {
    int nearest =
        IntStream.range(0, unbuildable.length)
            .filter(i -> unbuildable[i])
            .map(i -> Math.abs(i - commit))
            .min()
            .orElse(Integer.MAX_VALUE);
    return nearest > 50 ? 1 : 1 - 0.6 * Math.exp(-(nearest - 1) / 4.0);
  }

  private List<Candidate> ranked() {
    return IntStream.range(0, lineage.size())
        .mapToObj(
            i -> new Candidate(lineage.commits().get(i), suspicion.ofCommit(i), !unbuildable[i]))
        .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
        .toList();
  }

  private @Nullable Conclusion reached(double probability) {
    if (suspicion.ofGoodEnd() >= probability) {
      return conclusion(Ending.GOOD_FAILS, suspicion.ofGoodEnd());
    }
    if (suspicion.ofNoFailure() >= probability) {
      return conclusion(Ending.BAD_PASSES, suspicion.ofNoFailure());
    }
    return ranked().getFirst().probability() >= probability
        ? conclusion(Ending.FOUND, probability)
        : null;
  }

  private Conclusion conclusion(Ending ending, double probability) {
    List<Candidate> named = new ArrayList<>();
    double sum = 0;
    for (Candidate candidate : ranked()) {
      if (sum >= probability || candidate.probability() < HARDLY / 10 && !named.isEmpty()) {
        break;
      }
      named.add(candidate);
      sum += candidate.probability();
    }
    boolean ofEnds = ending == Ending.GOOD_FAILS || ending == Ending.BAD_PASSES;
    return new Conclusion(
        ending,
        ofEnds ? probability : sum,
        ofEnds ? List.of() : named,
        runs,
        reused,
        skipped,
        suspicion.chanceRate(),
        suspicion.brokenRate());
  }
}
