package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.Outcome;
import dev.assay.api.plan.Plan;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.Check;
import dev.assay.api.spi.CheckContext;
import dev.assay.api.spi.CheckType;
import dev.assay.api.spi.EvidenceSink;
import dev.assay.api.spi.LiveChecks;
import dev.assay.api.spi.Metric;
import dev.assay.api.spi.PartContext;
import dev.assay.api.spi.Reference;
import dev.assay.api.spi.RunPart;
import dev.assay.api.spi.Services;
import dev.assay.api.spi.Shorthand;
import dev.assay.api.spi.SystemClock;
import dev.assay.api.spi.WorkspaceSection;
import dev.assay.api.verdict.Decision;
import dev.assay.core.parse.Vocabulary;
import dev.assay.core.parse.WorkspaceParser;
import dev.assay.core.report.RunListener;
import dev.assay.core.run.RunOptions;
import dev.assay.core.run.RunResult;
import dev.assay.core.run.Runner;
import dev.assay.store.MemoryLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run lets its checks use: services, other checks as a part, parts of capabilities. */
@Timeout(60)
class RunOffersTest {

  private static final ProblemType WRONG =
      new ProblemType("ASSAY-TEST-009", ProblemKind.USER, "Wrong", "Only tests see this.");

  @TempDir private Path folder;

  /** Does what a test says. */
  @FunctionalInterface
  private interface Work {
    void run(CheckContext context, EvidenceSink sink) throws Exception;
  }

  record Named(@Shorthand String name, Place place) {}

  /** A check type of a test. */
  private record Type(String name, String section, Work work) implements CheckType<Named> {
    @Override
    public String summary() {
      return "Does what a test says.";
    }

    @Override
    public Class<Named> configuration() {
      return Named.class;
    }

    @Override
    public List<Metric> metrics() {
      return List.of();
    }

    @Override
    public List<Implied> implied(Named configuration) {
      return List.of(new Implied("tests", "> 0", true), new Implied("failed", "= 0", true));
    }

    @Override
    public List<Reference> references(Named configuration) {
      return section.isEmpty()
          ? List.of()
          : List.of(new Reference(section, configuration.name(), configuration.place()));
    }

    @Override
    public Check prepare(Named configuration) {
      return work::run;
    }
  }

  /** A section whose entries are words, which its part offers. */
  private static final class Words implements WorkspaceSection<Named> {

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "words";
    }

    @Override
    public String summary() {
      return "Words.";
    }

    @Override
    public Class<Named> entry() {
      return Named.class;
    }

    @Override
    public Set<String> builtIn() {
      return Set.of("hello");
    }

    @Override
    public Set<String> ports(Map<String, Named> entries) {
      return entries.keySet();
    }

    @Override
    public Optional<RunPart> open(Map<String, Named> entries, PartContext context) {
      if (entries.containsKey("bad")) {
        throw WRONG.failure(Where.named("words"), "a bad word", "say another");
      }
      log.add("opened " + entries.keySet());
      return Optional.of(
          new RunPart() {
            @Override
            public <T> Optional<T> offer(Class<T> type) {
              return type == Words.class ? Optional.of(type.cast(Words.this)) : Optional.empty();
            }

            @Override
            public void close() {
              log.add("closed");
            }
          });
    }
  }

  private static void say(CheckContext context, EvidenceSink sink, String name, boolean well) {
    Attempt.Result result = well ? Attempt.Result.PASSED : Attempt.Result.FAILED;
    sink.emit(
        new Outcome(
            context.check(),
            context.clock().now(),
            "",
            name,
            List.of(new Attempt(result, Duration.ZERO, null, null, null)),
            Map.of()));
  }

  private static void until(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private Plan plan(String text, List<WorkspaceSection<?>> sections, CheckType<?>... types) {
    return new WorkspaceParser(new Vocabulary(List.of(types), List.of(), sections), Map.of())
        .parse(text, folder.resolve("assay.yaml"));
  }

  private RunResult run(Plan plan, List<Evidence> evidence) {
    RunListener listener =
        new RunListener() {
          @Override
          public void recorded(Evidence one) {
            evidence.add(one);
          }
        };
    try (MemoryLedger ledger = new MemoryLedger(folder.resolve("ledger"))) {
      return new Runner(ledger, listener, new SystemClock(), System.getenv())
          .run(plan, new RunOptions(null, Set.of(), 42, 1, "r-1", null, "test"));
    }
  }

  private static Decision liveDecision(LiveChecks.LiveCheck live, Instant from) {
    return live.judge(from, Instant.now()).decision();
  }

  @Test
  void aCheckCarriesOutAnotherAndJudgesItAsItGoesOn() {
    Path broken = folder.resolve("broken");
    List<Decision> seen = new ArrayList<>();
    Type steady =
        new Type("steady", "", (context, sink) -> say(context, sink, "up", !Files.exists(broken)));
    Type asks =
        new Type(
            "asks",
            "checks",
            (context, sink) -> {
              Instant began = context.clock().now();
              try (LiveChecks.LiveCheck live =
                  context
                      .find(LiveChecks.class)
                      .orElseThrow()
                      .begin("shop", Duration.ofSeconds(30), sink::emit)) {
                until(() -> liveDecision(live, began) == Decision.PASS);
                Files.createFile(broken);
                Instant from = context.clock().now();
                until(() -> liveDecision(live, from) == Decision.FAIL);
                seen.add(live.judge("failed", "> 5", began, context.clock().now()).decision());
                assertThat(live.ended()).isFalse();
              }
            });
    List<Evidence> evidence = new CopyOnWriteArrayList<>();

    RunResult result =
        run(
            plan(
                """
                workspace: test
                checks:
                  shop: { steady: x }
                  crash: { asks: shop }
                stages: [ [crash], [shop] ]
                """,
                List.of(),
                steady,
                asks),
            evidence);

    assertThat(seen).containsExactly(Decision.FAIL);
    assertThat(evidence)
        .filteredOn(
            one -> one instanceof Outcome outcome && "shop".equals(outcome.labels().get("live")))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.check()).isEqualTo("crash"));
    assertThat(result.problems()).isEmpty();
  }

  @Test
  void aServiceIsKilledAndStartedAgain() {
    Type kills =
        new Type(
            "kills",
            "services",
            (context, sink) -> {
              Services.Service sleeper =
                  context.find(Services.class).orElseThrow().named("sleeper").orElseThrow();
              long before = sleeper.pid();
              sleeper.expectEnd();
              sleeper
                  .pids()
                  .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
              until(() -> !sleeper.alive());
              sleeper.restart();
              say(context, sink, "again", sleeper.alive() && sleeper.pid() != before);
            });
    List<Evidence> evidence = new CopyOnWriteArrayList<>();

    RunResult result =
        run(
            plan(
                """
                workspace: test
                services:
                  sleeper: { command: sleep 600 }
                checks:
                  kill: { kills: sleeper }
                """,
                List.of(),
                kills),
            evidence);

    assertThat(result.decision()).isEqualTo(Decision.PASS);
    assertThat(evidence)
        .filteredOn(Event.class::isInstance)
        .extracting(one -> ((Event) one).kind())
        .contains("service.ended")
        .doesNotContain("service.exited");
  }

  @Test
  void aPartIsOpenWhileChecksRunAndClosedAfterwards() {
    Words words = new Words();
    Type uses =
        new Type(
            "uses",
            "words",
            (context, sink) -> {
              Words found = context.find(Words.class).orElseThrow();
              say(context, sink, "open", !found.log.contains("closed"));
            });

    RunResult result =
        run(
            plan(
                """
                workspace: test
                words: { bye: now }
                checks:
                  one: { uses: hello }
                """,
                List.of(words),
                uses),
            new ArrayList<>());

    assertThat(result.decision()).isEqualTo(Decision.PASS);
    assertThat(words.log).containsExactly("opened [bye]", "closed");
  }

  @Test
  void aPartThatCannotBeOpenedEndsTheRunBeforeAnyCheck() {
    Type never = new Type("never", "", (context, sink) -> say(context, sink, "ran", true));

    RunResult result =
        run(
            plan(
                """
                workspace: test
                words: { bad: x }
                checks:
                  one: { never: x }
                """,
                List.of(new Words()),
                never),
            new ArrayList<>());

    assertThat(result.decision()).isEqualTo(Decision.NOT_RUN);
    assertThat(result.problems()).anySatisfy(one -> assertThat(one.what()).isEqualTo("a bad word"));
  }

  @Test
  void aNameThatStandsForNothingIsAProblemWithTheNearestOne() {
    Type uses = new Type("uses", "words", (context, sink) -> {});
    Consumer<String> parsed =
        name ->
            plan(
                "workspace: test\nwords: { bye: x }\nchecks:\n  one: { uses: " + name + " }\n",
                List.of(new Words()),
                uses);

    ProblemException wrong =
        catchThrowableOfType(ProblemException.class, () -> parsed.accept("helo"));

    parsed.accept("bye");
    assertThat(wrong.problems().getFirst().what()).isEqualTo("there is no word 'helo'");
    assertThat(wrong.problems().getFirst().mend()).contains("hello");
  }

  @Test
  void aPortOfASectionIsKnownToServices() {
    Plan plan =
        plan(
            """
            workspace: test
            words: { bye: x }
            services:
              one: { command: "serve ${port.bye}" }
            checks:
              one: { uses: hello }
            """,
            List.of(new Words()),
            new Type("uses", "words", (context, sink) -> {}));

    assertThat(plan.sections().getFirst().ports()).containsExactly("bye");
  }
}
