package dev.assay.core.run;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.plan.Expectation;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.spi.Metric;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Judge;
import dev.assay.core.judge.Policy;
import dev.assay.core.parse.CheckMetrics;
import dev.assay.core.parse.ExpectationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out checks as a part of one other check. Thread-safe. */
final class LiveCheckRunner implements LiveChecks {

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofSeconds(20);

  private final RunTask task;
  private final RunTools tools;
  private final Judge judge = new Judge();
  private final String asking;
  private final EvidenceSink sink;
  private final Contexts contexts;

  /** Makes the context of a check that is carried out as a part of this one. */
  @FunctionalInterface
  interface Contexts {
    /** A context. */
    RunContext of(CheckPlan<?> check, CancellationSource cancellation);
  }

  /**
   * A runner for one check.
   *
   * @param asking the check that others are a part of
   * @param sink its sink
   */
  LiveCheckRunner(
      RunTask task, RunTools tools, String asking, EvidenceSink sink, Contexts contexts) {
    this.task = task;
    this.tools = tools;
    this.asking = asking;
    this.sink = sink;
    this.contexts = contexts;
  }

  @Override
  public LiveCheck begin(String id, Duration atMost, Consumer<Evidence> evidence) {
    return begin(task.plan().check(id), atMost, evidence);
  }

  private <C extends Record> LiveCheck begin(
      CheckPlan<C> plan, Duration atMost, Consumer<Evidence> evidence) {
    CancellationSource cancellation = new CancellationSource();
    LiveSink live = new LiveSink(asking, plan.id(), sink, evidence);
    RunContext context = contexts.of(plan, cancellation);
    C lasting = plan.type().lasting(plan.configuration(), atMost).orElse(null);
    Running running = new Running(plan, live, cancellation);
    running.start(() -> {
      if (lasting != null) {
        plan.type().prepare(lasting).run(context, live);
        return;
      }
      do {
        Check once = plan.type().prepare(plan.configuration());
        once.run(context, live);
      } while (running.pause());
    });
    return running;
  }

  /** Something that may fail in any way. */
  @FunctionalInterface
  private interface Work {
    void carryOut() throws Exception;
  }

  private final class Running implements LiveCheck {

    private final CheckPlan<?> plan;
    private final LiveSink live;
    private final CancellationSource cancellation;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Running(CheckPlan<?> plan, LiveSink live, CancellationSource cancellation) {
      this.plan = plan;
      this.live = live;
      this.cancellation = cancellation;
    }

    void start(Work work) {
      Thread.ofPlatform()
          .daemon()
          .name("live-" + plan.id())
          .start(() -> {
            try {
              work.carryOut();
            } catch (CancelledException asked) {
              // it was closed
            } catch (Throwable broken) {
              failure.set(broken);
            } finally {
              over.countDown();
            }
          });
    }

    /** Waits until it is time for the next round; whether there is one. */
    boolean pause() throws InterruptedException {
      return !closing.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Verdict judge(Instant from, Instant to) {
      return judged(
          plan.expectations().stream()
              .filter(one -> one.rule() instanceof Expectation.Bound)
              .toList(),
          from,
          to);
    }

    @Override
    public Verdict judge(String key, String comparison, Instant from, Instant to) {
      return judged(
          List.of(ExpectationText.read(key, comparison, metrics(), Place.NONE)), from, to);
    }

    private Verdict judged(List<Expectation> expectations, Instant from, Instant to) {
      broken();
      return judge.judge(
          new Policy(plan.id(), metrics(), expectations),
          new Case(Ending.COMPLETED, null, live.between(from, to), 0, null, Map.of()));
    }

    private List<Metric> metrics() {
      return CheckMetrics.of(plan.type(), tools.observers());
    }

    /** Throws what it ended with, so that whoever waits for its evidence does not wait forever. */
    private void broken() {
      switch (failure.get()) {
        case null -> {}
        case ProblemException problem -> throw problem;
        case Throwable unforeseen ->
            throw RunProblems.UNFORESEEN.failure(
                plan.place(),
                "check '" + plan.id() + "' failed unforeseen: " + unforeseen,
                "report it");
      }
    }

    @Override
    public boolean ended() {
      return over.getCount() == 0;
    }

    @Override
    public void close() {
      closing.countDown();
      cancellation.request();
      try {
        boolean ended = over.await(LAST.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          throw RunProblems.UNFORESEEN.failure(
              plan.place(),
              "check '"
                  + plan.id()
                  + "' did not stop within "
                  + LAST.toSeconds()
                  + " s of being asked",
              "report it with the workspace");
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
