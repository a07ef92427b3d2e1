package dev.assay.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Redocly's linter of descriptions in OpenAPI, which {@code .ci/run} installs from npm. */
public final class OpenApiLinter {

  /** Why a test that needs it is skipped. */
  public static final String ABSENT = "npm's @redocly/cli is not here; .ci/run installs it";

  private static final String PROGRAM = "server/target/node/node_modules/.bin/redocly";

  private OpenApiLinter() {}

  /** Whether it is on this machine. */
  public static boolean here() {
    return program() != null;
  }

  private static @Nullable Path program() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path program = folder.resolve(PROGRAM);
      if (Files.exists(program)) {
        return program;
      }
    }
    return null;
  }

  /**
   * What it has to say of a document by its recommended rules.
   *
   * @param document in JSON
   * @param folder for the files of this
   * @return empty where it has nothing to say
   */
  public static String lint(String document, Path folder) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("openapi.json"), document);
    Path out = folder.resolve("lint.txt");
    Process lint =
        new ProcessBuilder(
                String.valueOf(program()), "lint", "--extends=recommended", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!lint.waitFor(120, TimeUnit.SECONDS)) {
      lint.destroyForcibly();
      return "it did not end within two minutes";
    }
    String said = Files.readString(out);
    return lint.exitValue() == 0 && !said.contains("Warning was generated") ? "" : said;
  }
}
