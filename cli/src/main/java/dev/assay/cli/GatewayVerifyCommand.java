package dev.assay.cli;

import dev.assay.gateway.State;
import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.run.Verification;
import dev.assay.gateway.store.GatewayStore;
import dev.assay.gateway.store.Stores;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Looks whether a gateway's store is sound. */
@Command(
    name = "verify",
    description = {
      "Looks at every message: it is in exactly the state of its last event, and its events are a",
      "legal path. Exit code 1 where one is not. The gateway may run meanwhile."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayVerifyCommand implements Callable<Integer> {

  @ParentCommand private GatewayCommand gateway;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "gateway.yaml",
      description = "The gateway's configuration (default: ${DEFAULT-VALUE}).")
  private Path file;

  @Override
  public Integer call() {
    Console console = gateway.console();
    GatewayFile source = new GatewayFile(file, console.environment());
    GatewayConfiguration configuration = source.read();
    try (GatewayStore store = Stores.open(configuration.store(), source.folder(), true)) {
      Verification found = Verification.of(store);
      PrintStream out = console.out();
      out.printf(Locale.ROOT, "%,d messages%n", found.messages());
      for (State state : State.values()) {
        long count = found.states().getOrDefault(state, 0L);
        if (count > 0) {
          out.printf(Locale.ROOT, "%12s %,d%n", state.word(), count);
        }
      }
      out.printf(
          Locale.ROOT,
          "%,d sent again in doubt, %,d receipts of nobody%n",
          found.resubmitted(),
          found.orphans());
      found.wrong().forEach(out::println);
      return found.sound() ? ExitCode.PASS.code() : ExitCode.FAIL.code();
    }
  }
}
