package dev.assay.suite;

import dev.assay.suite.runner.Request;
import dev.assay.suite.runner.TestRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a selection can be made within one pass of Maven, by an extension that asks between
 * compiling and testing. For one run.
 */
final class OnePass {

  private static final String EXTENSION = "maven.ext.class.path";
  private static final String MARK = "maven-does-not-ask";

  private final @Nullable String obstacle;
  private final boolean ofMaven;
  private final Path mark;
  private final String surroundings;

  private OnePass(@Nullable String obstacle, boolean ofMaven, Path mark, String surroundings) {
    this.obstacle = obstacle;
    this.ofMaven = ofMaven;
    this.mark = mark;
    this.surroundings = surroundings;
  }

  static OnePass of(
      SuiteConfiguration suite,
      TestRunner runner,
      Request request,
      Path kept,
      Map<String, String> environment,
      Map<String, Long> around)
      throws IOException {
    boolean maven = runner.id().equals("maven");
    Path mark = kept.resolve(MARK);
    String surroundings = new TreeMap<>(around).toString();
    return new OnePass(
        maven ? obstacle(suite, request, environment, mark, surroundings) : null,
        maven,
        mark,
        surroundings);
  }

  private static @Nullable String obstacle(
      SuiteConfiguration suite,
      Request request,
      Map<String, String> environment,
      Path mark,
      String surroundings)
      throws IOException {
    if (suite.inParts()) {
      return "the suite runs in parts, which are made of what is compiled";
    }
    if (extendsMaven(request, environment)) {
      return "the build sets `" + EXTENSION + "` itself, and Maven takes only one";
    }
    if (Files.isRegularFile(mark) && Files.readString(mark).equals(surroundings)) {
      return "this Maven did not let Assay's extension ask in an earlier run";
    }
    return null;
  }

  /** Whether something of the project's own is put in the place that the extension would take. */
  private static boolean extendsMaven(Request request, Map<String, String> environment)
      throws IOException {
    List<String> texts = new ArrayList<>(request.options());
    for (String name : List.of("MAVEN_OPTS", "MAVEN_ARGS", "JAVA_TOOL_OPTIONS")) {
      texts.add(environment.getOrDefault(name, ""));
    }
    for (String name : List.of(".mvn/maven.config", ".mvn/jvm.config")) {
      Path file = request.project().folder().resolve(name);
      if (Files.isRegularFile(file)) {
        texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return texts.stream().anyMatch(text -> text.contains(EXTENSION));
  }

  boolean possible() {
    return ofMaven && obstacle == null;
  }

  /** Why a suite of Maven takes two passes; empty where it takes one. */
  Optional<String> whyNot() {
    return Optional.ofNullable(obstacle);
  }

  /**
   * Remembers a Maven that did not ask although tests ran, so that the next run selects.
   *
   * @param asked whether it did
   * @param tests whether any ran
   */
  void remember(boolean asked, boolean tests) throws IOException {
    if (asked) {
      Files.deleteIfExists(mark);
    } else if (tests) {
      Files.createDirectories(mark.toAbsolutePath().getParent());
      Files.writeString(mark, surroundings);
    }
  }
}
