package dev.assay.cli;

import dev.assay.gateway.http.Keys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Makes a key. */
@Command(
    name = "key",
    description = {
      "Draws a new key for the API, and prints it with the hash that goes into gateway.yaml under",
      "`keys`. Nobody can make the key of the hash again."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GatewayKeyCommand implements Callable<Integer> {

  @ParentCommand private GatewayCommand gateway;

  @Override
  public Integer call() {
    String key = NewRun.key();
    gateway.console().out().println("key:  " + key);
    gateway.console().out().println("hash: " + Keys.hash(key));
    return ExitCode.PASS.code();
  }
}
