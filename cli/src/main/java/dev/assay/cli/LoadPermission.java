package dev.assay.cli;

import dev.assay.core.run.EnvironmentAddresses;
import dev.assay.load.adhoc.AdHocLoad;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A target that the workspace of this folder names as an environment needs no other permission. */
final class LoadPermission {

  private final Console console;
  private final Rooms rooms;

  LoadPermission(Console console, Rooms rooms) {
    this.console = console;
    this.rooms = rooms;
  }

  /** Whether nobody can object: the target is this machine or their own. */
  static boolean obvious(AdHocLoad load) {
    String host = load.request().url().getHost();
    return load.manner().ownTarget() || host.matches("localhost|127(\\.\\d+){3}|\\[::1]");
  }

  /** The load, permitted where the workspace does. */
  AdHocLoad of(AdHocLoad load) {
    URI url = load.request().url();
    Path workspace = Path.of("assay.yaml");
    if (obvious(load) || !Files.exists(workspace)) {
      return load;
    }
    boolean own =
        EnvironmentAddresses.of(
                rooms.parser(console.environment()).parse(workspace), console.environment())
            .stream()
            .anyMatch(address -> sameOrigin(url, address));
    return own ? load.withOwnTarget() : load;
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI url) {
    return url.getPort() >= 0
        ? url.getPort()
        : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
