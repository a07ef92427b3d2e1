package dev.assay.cli;

import dev.assay.api.problem.Problem;
import dev.assay.api.spi.SystemClock;
import dev.assay.core.report.terminal.ProblemText;
import dev.assay.gateway.engine.EngineOptions;
import dev.assay.gateway.run.Gateway;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
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

  @Override
  public Integer call() throws InterruptedException {
    Console console = gateway.console();
    CountDownLatch over = new CountDownLatch(1);
    AtomicReference<@Nullable Problem> fatal = new AtomicReference<>();
    GatewayFile source = new GatewayFile(file, console.environment());
    try (StayUntilDone stay = StayUntilDone.begin();
        Gateway running =
            Gateway.start(
                source,
                new SystemClock(),
                new Gateway.Start(
                    source.folder(),
                    Math.max(1, threads),
                    EngineOptions.standard(),
                    problem -> show(console, problem),
                    problem -> {
                      fatal.set(problem);
                      over.countDown();
                    }))) {
      InetSocketAddress address = running.address();
      console
          .err()
          .printf(
              "the gateway listens on http://%s:%d, and keeps its messages in %s%n",
              address.getHostString(), address.getPort(), running.store());
      Runtime.getRuntime().addShutdownHook(new Thread(over::countDown, "gateway-stop"));
      over.await();
      if (stay.stopping()) {
        console.err().println("stopping: finishing what is under way …");
      }
    }
    Problem why = fatal.get();
    if (why != null) {
      return CommandLineRunner.show(console, false, List.of(why));
    }
    return ExitCode.PASS.code();
  }

  private static void show(Console console, Problem problem) {
    console.err().print(new ProblemText(console.ink()).render(List.of(problem)));
  }
}
