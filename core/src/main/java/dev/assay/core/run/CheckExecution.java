package dev.assay.core.run;

import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.value.Unit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one check in a thread of its own, within its time-out. A check that does not end when
 * it is asked to is interrupted, and left behind when it does not end then either; the run goes on
 * without it.
 */
final class CheckExecution {

  private static final Duration ASKED = Duration.ofSeconds(15);
  private static final Duration INTERRUPTED = Duration.ofSeconds(5);

  private final CheckPlan<?> plan;
  private final CancellationSource cancellation;
  private final CancellationSource runCancellation;

  /**
   * How it ended.
   *
   * @param ending how
   * @param problems why it did not complete; empty where it did, or was asked to stop
   */
  record End(Ending ending, List<Problem> problems) {}

  CheckExecution(
      CheckPlan<?> plan, CancellationSource cancellation, CancellationSource runCancellation) {
    this.plan = plan;
    this.cancellation = cancellation;
    this.runCancellation = runCancellation;
  }

  End carryOut(CheckContext context, EvidenceSink sink) {
    CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();
    Check check = prepare(plan);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("check-" + plan.id())
            .start(() -> {
              try {
                check.run(context, sink);
                ended.complete(null);
              } catch (Throwable broken) {
                ended.complete(broken);
              }
            });
    try (var _ = runCancellation.onRequest(cancellation::request)) {
      return await(ended, thread);
    }
  }

  private static <C extends Record> Check prepare(CheckPlan<C> plan) {
    return plan.type().prepare(plan.configuration());
  }

  private End await(CompletableFuture<@Nullable Throwable> ended, Thread thread) {
    long timeout = plan.timeout().toNanos();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (var _ = cancellation.onRequest(() -> asked.complete(null))) {
      CompletableFuture.anyOf(ended, asked).get(timeout, TimeUnit.NANOSECONDS);
      if (ended.isDone()) {
        return end(ended.join());
      }
      return afterRequest(ended, thread, Ending.CANCELLED);
    } catch (TimeoutException late) {
      cancellation.request();
      return afterRequest(ended, thread, Ending.TIMED_OUT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      cancellation.request();
      return new End(Ending.CANCELLED, List.of());
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private End afterRequest(
      CompletableFuture<@Nullable Throwable> ended, Thread thread, Ending ending) {
    if (!awaitQuietly(ended, ASKED)) {
      thread.interrupt();
      boolean heard = awaitQuietly(ended, INTERRUPTED);
      if (!heard) {
        return new End(
            ending,
            List.of(
                RunProblems.UNFORESEEN.at(
                    Where.named("check " + plan.id()),
                    "the check did not stop within "
                        + ASKED.plus(INTERRUPTED).toSeconds()
                        + " s of being asked",
                    "report it with the workspace")));
      }
    }
    return new End(ending, List.of());
  }

  private static boolean awaitQuietly(CompletableFuture<?> future, Duration atMost) {
    try {
      future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private End end(@Nullable Throwable thrown) {
    return switch (thrown) {
      case null -> new End(Ending.COMPLETED, List.of());
      case CancelledException _ -> new End(Ending.CANCELLED, List.of());
      case ProblemException broken -> new End(Ending.BROKEN, broken.problems());
      default ->
          new End(
              Ending.BROKEN,
              List.of(
                  RunProblems.UNFORESEEN
                      .at(
                          Where.named("check " + plan.id()),
                          "it failed unforeseen: " + thrown,
                          "report it")
                      .causedBy(thrown)));
    };
  }

  /** What to say of a time-out. */
  static String timedOut(CheckPlan<?> plan) {
    return "it ran longer than its timeout of " + Unit.NANOSECONDS.format(plan.timeout().toNanos());
  }
}
