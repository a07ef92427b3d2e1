package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.SystemClock;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.gateway.engine.EngineOptions;
import dev.assay.gateway.run.Gateway;
import dev.assay.gateway.run.Happening;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A gateway for as long as the command runs. */
@Command(
    name = "run",
    description = "Runs a gateway until it is stopped; then it finishes what is under way.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayRunCommand implements Callable<Integer> {

  @ParentCommand private GatewayCommand gateway;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "gateway.yaml",
      description = "Its configuration (default: ${DEFAULT-VALUE}).")
  private Path file;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads for HTTP, and as many for SMPP (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--log",
      paramLabel = "FORM",
      defaultValue = "text",
      description = {
        "What it tells on standard error: text for people, or json, one object a line for programs",
        "(default: ${DEFAULT-VALUE}). Numbers and texts of people are in neither."
      })
  private Form log;

  /** How the log is written. */
  enum Form {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = gateway.console();
    SystemClock clock = new SystemClock();
    CountDownLatch over = new CountDownLatch(1);
    AtomicReference<@Nullable Problem> fatal = new AtomicReference<>();
    GatewayFile source = new GatewayFile(file, console.environment());
    try (StayUntilDone stay = StayUntilDone.begin();
        Gateway running =
            Gateway.start(
                source,
                clock,
                new Gateway.Start(
                    source.folder(),
                    Math.max(1, threads),
                    EngineOptions.standard(),
                    problem -> note(console, clock, problem),
                    problem -> {
                      fatal.set(problem);
                      over.countDown();
                    },
                    happening -> write(console, happening)))) {
      InetSocketAddress address = running.address();
      String listens = "http://" + address.getHostString() + ":" + address.getPort();
      if (log == Form.JSON) {
        Map<String, Json> fields =
            Map.of("listens", Json.of(listens), "store", Json.of(running.store().toString()));
        write(console, new Happening(clock.now(), Happening.Level.INFO, "started", fields));
      } else {
        console
            .err()
            .printf(
                "the gateway listens on %s, and keeps its messages in %s%n",
                listens, running.store());
      }
      Runtime.getRuntime().addShutdownHook(new Thread(over::countDown, "gateway-stop"));
      over.await();
      if (stay.stopping()) {
        if (log == Form.JSON) {
          write(console, new Happening(clock.now(), Happening.Level.INFO, "stopping", Map.of()));
        } else {
          console.err().println("stopping: finishing what is under way …");
        }
      }
    }
    Problem why = fatal.get();
    if (why != null && log == Form.JSON) {
      write(console, Happening.of(clock.now(), Happening.Level.ERROR, why));
      return ExitCode.of(List.of(why)).code();
    }
    if (why != null) {
      return CommandLineRunner.show(console, false, List.of(why));
    }
    return ExitCode.PASS.code();
  }

  /** Whole lines, whoever writes them. */
  private void write(Console console, Happening happening) {
    console.err().println(log == Form.JSON ? happening.json() : happening.text());
  }

  private void note(Console console, SystemClock clock, Problem problem) {
    if (log == Form.JSON) {
      write(console, Happening.of(clock.now(), Happening.Level.WARNING, problem));
      return;
    }
    console.err().print(new ProblemText(console.ink()).render(List.of(problem)));
  }
}
