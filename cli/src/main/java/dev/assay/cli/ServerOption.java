package dev.assay.cli;

import dev.assay.api.problem.Where;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a project of a server. */
final class ServerOption {

  private static final String KEY = "ASSAY_SERVER_KEY";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "A project of a server that gets or has the run, http://HOST/projects/NAME; its key is in"
              + " ASSAY_SERVER_KEY.")
  private @Nullable String server;

  /** The project; null where none is named. */
  @Nullable ServerProject project(Map<String, String> environment) {
    String given = server;
    if (given == null) {
      return null;
    }
    String key = environment.get(KEY);
    if (key == null || key.isBlank()) {
      throw CliProblems.SERVER.failure(
          Where.named(KEY),
          "there is no key for " + given,
          "make one in the project's settings, then: export ASSAY_SERVER_KEY=assay_…");
    }
    return new ServerProject(address(given), key.strip());
  }

  private static URI address(String given) {
    try {
      URI address = new URI(given.replaceAll("/+$", ""));
      String path = address.getPath();
      boolean named = path != null && path.matches(".*/projects/[a-z0-9][a-z0-9-]*");
      if (named
          && address.getHost() != null
          && String.valueOf(address.getScheme()).matches("https?")) {
        int at = given.lastIndexOf("/projects/");
        return new URI(
            given.substring(0, at) + "/api/v1" + given.substring(at).replaceAll("/+$", ""));
      }
    } catch (URISyntaxException wrong) {
      // said below
    }
    throw CliProblems.USAGE.failure(
        Where.named("--server"),
        "'" + given + "' is no project of a server",
        "write it like http://127.0.0.1:8642/projects/shop");
  }
}
