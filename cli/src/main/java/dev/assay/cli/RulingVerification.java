package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.SystemClock;
import dev.assay.core.passport.Ruling;
import dev.assay.core.report.Words;
import java.security.PublicKey;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows whether what a server signed of an approval or an override is that, and holds. */
final class RulingVerification {

  private final Console console;
  private final boolean json;

  RulingVerification(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Whether a file has one line, as a ruling has and no passport. */
  static boolean one(String text) {
    String line = text.strip();
    return !line.isEmpty() && line.indexOf('\n') < 0;
  }

  /**
   * Shows it.
   *
   * @param wanted the digest that must be among its subjects; null for any
   * @return the exit code
   */
  int show(String text, PublicKey key, @Nullable String wanted) {
    Ruling.Opened opened = Ruling.open(text.strip(), key);
    return switch (opened) {
      case Ruling.Broken(String why) -> broken(why + ".");
      case Ruling.Valid(Ruling ruling, String keyId) -> {
        Map<String, String> subjects = new TreeMap<>(ruling.run().subjects());
        subjects.put("verdict", "sha256:" + ruling.run().verdict());
        yield wanted != null && !subjects.containsValue(wanted)
            ? broken(
                "It is of " + String.join(", ", subjects.values()) + " and not of " + wanted + ".")
            : valid(ruling, subjects, keyId);
      }
    };
  }

  private int broken(String why) {
    console
        .out()
        .println(
            json
                ? JsonWriter.pretty(Json.object().put("valid", false).put("why", why).build())
                : "✘ not valid: " + why);
    return ExitCode.FAIL.code();
  }

  private int valid(Ruling ruling, Map<String, String> subjects, String keyId) {
    boolean holds = new SystemClock().now().isBefore(ruling.end());
    if (json) {
      console
          .out()
          .println(
              JsonWriter.pretty(
                  Json.object()
                      .put("valid", true)
                      .put("holds", holds)
                      .put("kind", ruling.kind().label())
                      .put("run", ruling.run().id())
                      .put("decision", ruling.run().decision().name())
                      .putIfPresent("environment", ruling.environment())
                      .put("author", ruling.author())
                      .put("reason", ruling.reason())
                      .put("made", ruling.made().toString())
                      .put("end", ruling.end().toString())
                      .put("subjects", Json.texts(subjects))
                      .put("key", keyId)
                      .build()));
    } else {
      lines(ruling, subjects, keyId, holds);
    }
    return (holds ? ExitCode.PASS : ExitCode.UNDECIDED).code();
  }

  private void lines(Ruling ruling, Map<String, String> subjects, String keyId, boolean holds) {
    String only = ruling.environment();
    console
        .out()
        .println(
            (holds ? "✔" : "~")
                + " valid, and says that run "
                + ruling.run().id()
                + " ("
                + ruling.run().decision().word()
                + ") "
                + (holds ? "is " : "was ")
                + ruling.kind().done()
                + (only == null ? "" : " for " + only)
                + " until "
                + Words.moment(ruling.end())
                + (ruling.reason().isEmpty() ? "" : ": " + ruling.reason()));
    subjects.forEach((name, digest) -> console.out().println("  " + name + "  " + digest));
    console.out().println("  author  " + ruling.author());
    console.out().println("  key  " + keyId);
    console.out().println("  Whether it was withdrawn knows the server: assay verdict --server");
  }
}
