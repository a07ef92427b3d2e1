package dev.assay.suite.runner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tools that are known. */
public final class Runners {

  /** In the order in which they are looked for. */
  public static final List<TestRunner> ALL =
      List.of(
          new MavenRunner(),
          new GradleRunner(),
          new PytestRunner(),
          new VitestRunner(),
          new JestRunner(),
          new PlaywrightRunner(),
          new CypressRunner(),
          new NodeRunner(),
          new GoRunner(),
          new CargoRunner(),
          new DotnetRunner());

  private Runners() {}

  /** The tool of that key. */
  public static Optional<TestRunner> named(String id) {
    return ALL.stream().filter(runner -> runner.id().equals(id)).findFirst();
  }

  /** Those that the files of a project speak of, each with what speaks for it. */
  public static Map<TestRunner, String> of(ProjectFiles project) {
    Map<TestRunner, String> found = new LinkedHashMap<>();
    ALL.forEach(runner -> runner.sign(project).ifPresent(sign -> found.put(runner, sign)));
    return found;
  }
}
