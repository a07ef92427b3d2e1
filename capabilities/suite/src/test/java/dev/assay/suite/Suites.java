package dev.assay.suite;

import dev.assay.api.problem.Place;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations for tests. */
final class Suites {

  private Suites() {}

  static SuiteConfiguration maven(String folder, int retries, @Nullable String tests) {
    return new SuiteConfiguration(
        Template.parse(folder),
        null,
        tests,
        retries,
        null,
        null,
        List.of(),
        Map.of(),
        List.of(),
        Place.NONE);
  }

  /** A suite that a shell script is. */
  static SuiteConfiguration shell(String script, String... reports) {
    return shell(script, List.of(), reports);
  }

  static SuiteConfiguration shell(String script, List<Integer> exitCodes, String... reports) {
    return new SuiteConfiguration(
        null,
        null,
        null,
        0,
        new CommandLine(
            List.of(Template.parse("sh"), Template.parse("-c"), Template.parse(script))),
        null,
        List.of(reports).stream().map(Template::parse).toList(),
        Map.of("GREETING", Template.parse("hello ${name}")),
        exitCodes,
        Place.NONE);
  }
}
