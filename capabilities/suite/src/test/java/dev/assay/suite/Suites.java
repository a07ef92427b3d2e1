package dev.assay.suite;

import dev.assay.api.problem.Place;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import dev.assay.suite.SuiteConfiguration.Order;
import dev.assay.suite.flaky.OnFlaky;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations for tests, key by key. Not thread-safe. */
final class Suites {

  private final Map<String, Template> runners = new LinkedHashMap<>();
  private final Map<String, Template> environment = new LinkedHashMap<>();
  private final List<Integer> exitCodes = new ArrayList<>();
  private List<Template> reports = List.of();
  private @Nullable CommandLine goals;
  private @Nullable CommandLine options;
  private @Nullable CommandLine command;
  private @Nullable String tests;
  private @Nullable Template folder;
  private @Nullable Template quarantine;
  private @Nullable Duration budget;
  private @Nullable CoverageConfiguration coverage;
  private String workers = "1";
  private Order order = Order.AS_GIVEN;
  private OnFlaky flaky = OnFlaky.PASS;
  private SuiteConfiguration.Select select = SuiteConfiguration.Select.ALL;
  private SuiteConfiguration.Cache cache = SuiteConfiguration.Cache.REFUSE;
  private int retries;
  private Place place = Place.NONE;

  private Suites() {}

  static Suites none() {
    return new Suites();
  }

  static Suites of(String runner, String path) {
    return new Suites().runner(runner, path);
  }

  static SuiteConfiguration maven(String folder, int retries, @Nullable String tests) {
    return of("maven", folder).retries(retries).tests(tests).build();
  }

  /** A suite that a shell script is. */
  static SuiteConfiguration shell(String script, String... reports) {
    return shell(script, List.of(), reports);
  }

  static SuiteConfiguration shell(String script, List<Integer> exitCodes, String... reports) {
    Suites suite = script(script, reports).set("GREETING", "hello ${name}");
    suite.exitCodes.addAll(exitCodes);
    return suite.build();
  }

  static Suites script(String script, String... reports) {
    return new Suites()
        .command(
            new CommandLine(
                List.of(Template.parse("sh"), Template.parse("-c"), Template.parse(script))))
        .reports(reports);
  }

  Suites runner(String runner, String path) {
    runners.put(runner, Template.parse(path));
    return this;
  }

  Suites command(CommandLine words) {
    command = words;
    return this;
  }

  Suites reports(String... patterns) {
    reports = List.of(patterns).stream().map(Template::parse).toList();
    return this;
  }

  Suites set(String name, String value) {
    environment.put(name, Template.parse(value));
    return this;
  }

  Suites tests(@Nullable String pattern) {
    tests = pattern;
    return this;
  }

  Suites goals(String words) {
    goals = CommandLine.parse(words);
    return this;
  }

  Suites options(String words) {
    options = CommandLine.parse(words);
    return this;
  }

  Suites retries(int times) {
    retries = times;
    return this;
  }

  Suites workers(String count) {
    workers = count;
    return this;
  }

  Suites failingFirst() {
    order = Order.FAILING_FIRST;
    return this;
  }

  Suites budget(Duration time) {
    budget = time;
    return this;
  }

  Suites flakyFails() {
    flaky = OnFlaky.FAIL;
    return this;
  }

  Suites quarantine(String file) {
    quarantine = Template.parse(file);
    return this;
  }

  Suites affected(SuiteConfiguration.Cache meaning) {
    select = SuiteConfiguration.Select.AFFECTED;
    cache = meaning;
    return this;
  }

  Suites coverage(@Nullable String against, String... patterns) {
    coverage =
        new CoverageConfiguration(
            List.of(patterns).stream().map(Template::parse).toList(),
            against == null ? null : Template.parse(against),
            Place.NONE);
    return this;
  }

  Suites at(Place where) {
    place = where;
    return this;
  }

  SuiteConfiguration build() {
    return new SuiteConfiguration(
        runners.get("path"),
        runners.get("maven"),
        runners.get("gradle"),
        runners.get("pytest"),
        runners.get("jest"),
        runners.get("vitest"),
        runners.get("node"),
        runners.get("go"),
        runners.get("cargo"),
        runners.get("dotnet"),
        runners.get("playwright"),
        runners.get("cypress"),
        goals,
        options,
        tests,
        retries,
        workers,
        order,
        budget,
        flaky,
        quarantine,
        select,
        cache,
        command,
        folder,
        reports,
        coverage,
        environment,
        exitCodes,
        place);
  }
}
