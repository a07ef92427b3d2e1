package dev.assay.suite.failure;

import dev.assay.suite.git.ProjectCode;
import dev.assay.suite.trace.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How one test is run alone, by the project's files and by the report it was in. Where the runner
 * is not known, nothing is said. Immutable.
 */
public final class Steps {

  private final Path root;
  private final ProjectCode code;

  /**
   * For a project.
   *
   * @param root the folder that the paths of the code are relative to
   */
  public Steps(Path root, ProjectCode code) {
    this.root = root;
    this.code = code;
  }

  /**
   * A command.
   *
   * @param words the program and its arguments
   * @param folder where it is run, relative to the root; empty for the root itself
   */
  public record Command(List<String> words, String folder) {
    /** Copies the list. */
    public Command {
      words = List.copyOf(words);
    }

    /** As it is typed into a shell. */
    public String text() {
      String line = String.join(" ", words.stream().map(Steps::quoted).toList());
      return folder.isEmpty() ? line : "cd " + quoted(folder) + " && " + line;
    }
  }

  /** The command that runs one test alone, where it is known. */
  public Optional<Command> command(Failure failure) {
    return command(failure.test(), failure.labels(), failure.trace().language(), path(failure));
  }

  /**
   * The command that runs one test alone, where it is known.
   *
   * @param labels of its outcome
   * @param path the test's file; empty where it is not known
   */
  public Optional<Command> command(
      TestId test, Map<String, String> labels, Language language, String path) {
    String report = labels.getOrDefault("report", "");
    if (report.contains("surefire-reports/") || report.contains("failsafe-reports/")) {
      return Optional.of(maven(test, labels, report.contains("failsafe-reports/")));
    }
    if (report.contains("build/test-results/")) {
      return Optional.of(gradle(test, report));
    }
    String file = path.isEmpty() ? labels.getOrDefault("file", "") : path;
    String kind = file.substring(file.lastIndexOf('.') + 1);
    return switch (kind) {
      case "java", "kt", "groovy", "scala" -> jvm(test, labels, report);
      case "py" -> Optional.of(pytest(test, file));
      case "js", "mjs", "cjs", "ts", "tsx", "jsx", "mts", "cts" -> script(test, file);
      case "go" -> Optional.of(go(test, file));
      case "rs" ->
          Optional.of(
              new Command(
                  List.of("cargo", "test", rustName(test), "--", "--exact"),
                  above(file, "Cargo.toml")));
      case "cs", "fs", "vb" -> Optional.of(dotnet(test));
      default -> byLanguage(test, labels, language, report);
    };
  }

  private Optional<Command> byLanguage(
      TestId test, Map<String, String> labels, Language language, String report) {
    return switch (language) {
      case JAVA -> jvm(test, labels, report);
      case DOTNET -> Optional.of(dotnet(test));
      case RUST ->
          Optional.of(new Command(List.of("cargo", "test", rustName(test), "--", "--exact"), ""));
      default -> unknown(test, labels, report);
    };
  }

  /** A test that says nothing of its language, in a project with one build file. */
  private Optional<Command> unknown(TestId test, Map<String, String> labels, String report) {
    if (exists("pom.xml") || exists("build.gradle") || exists("build.gradle.kts")) {
      return jvm(test, labels, report);
    }
    if (exists("go.mod") && test.name().startsWith("Test")) {
      return Optional.of(
          new Command(List.of("go", "test", "./...", "-run", "^" + goName(test) + "$"), ""));
    }
    if (exists("Cargo.toml")) {
      return Optional.of(
          new Command(List.of("cargo", "test", rustName(test), "--", "--exact"), ""));
    }
    return Optional.empty();
  }

  private Optional<Command> jvm(TestId test, Map<String, String> labels, String report) {
    if (exists("pom.xml")) {
      return Optional.of(maven(test, labels, false));
    }
    return exists("build.gradle") || exists("build.gradle.kts")
        ? Optional.of(gradle(test, report))
        : Optional.empty();
  }

  private Command maven(TestId test, Map<String, String> labels, boolean failsafe) {
    List<String> words = new ArrayList<>();
    words.add(Files.isExecutable(root.resolve("mvnw")) ? "./mvnw" : "mvn");
    String module = labels.getOrDefault("module", "");
    if (!module.isEmpty()) {
      words.addAll(List.of("-pl", module, "-am"));
    }
    String method = method(test.name());
    String name = test.suite() + (method.isEmpty() ? "" : "#" + method);
    words.add((failsafe ? "-Dit.test=" : "-Dtest=") + name);
    words.add((failsafe ? "-Dfailsafe" : "-Dsurefire") + ".failIfNoSpecifiedTests=false");
    words.add(failsafe ? "verify" : "test");
    return new Command(words, "");
  }

  /** A parameterised test is run with all its parameters; a name for people names no method. */
  private static String method(String name) {
    String bare = name.replaceFirst("[\\[({].*$", "").strip();
    return bare.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*") ? bare : "";
  }

  private Command gradle(TestId test, String report) {
    String module = report.contains("build/") ? report.substring(0, report.indexOf("build/")) : "";
    String path = module.isEmpty() ? "" : ":" + module.replaceFirst("/$", "").replace('/', ':');
    String task =
        report.matches(".*build/test-results/[^/]+/.*")
            ? report.replaceFirst(".*build/test-results/([^/]+)/.*", "$1")
            : "test";
    String method = method(test.name());
    return new Command(
        List.of(
            Files.isExecutable(root.resolve("gradlew")) ? "./gradlew" : "gradle",
            path + ":" + task,
            "--tests",
            test.suite() + (method.isEmpty() ? "" : "." + method)),
        "");
  }

  private Command pytest(TestId test, String file) {
    String module = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.py$", "");
    String suite = test.suite();
    int at = suite.lastIndexOf(module);
    String within = at < 0 ? "" : suite.substring(at + module.length()).replaceFirst("^\\.", "");
    String node =
        file + (within.isEmpty() ? "" : "::" + within.replace(".", "::")) + "::" + test.name();
    return new Command(List.of("python3", "-m", "pytest", node), "");
  }

  private Optional<Command> script(TestId test, String file) {
    String folder = above(file, "package.json");
    String inside =
        folder.isEmpty()
            ? file
            : file.startsWith(folder + "/") ? file.substring(folder.length() + 1) : file;
    String packages = text(folder.isEmpty() ? "package.json" : folder + "/package.json");
    String name = test.name().replaceFirst("^.* (?:›|>) ", "");
    String pattern = name.replaceAll("([\\\\.*+?^${}()|\\[\\]])", "\\\\$1");
    if (packages.contains("\"vitest\"")) {
      return Optional.of(
          new Command(List.of("npx", "vitest", "run", inside, "-t", pattern), folder));
    }
    if (packages.contains("playwright/test\"")) {
      return Optional.of(
          new Command(List.of("npx", "playwright", "test", inside, "-g", pattern), folder));
    }
    if (packages.contains("\"cypress\"") && file.contains(".cy.")) {
      return Optional.of(new Command(List.of("npx", "cypress", "run", "--spec", inside), folder));
    }
    if (packages.contains("\"jest\"")) {
      return Optional.of(new Command(List.of("npx", "jest", inside, "-t", pattern), folder));
    }
    if (packages.contains("\"mocha\"")) {
      return Optional.of(new Command(List.of("npx", "mocha", inside, "-g", pattern), folder));
    }
    boolean node = packages.contains("node --test") || text(file).contains("node:test");
    return node
        ? Optional.of(
            new Command(
                List.of("node", "--test", "--test-name-pattern", "^" + pattern + "$", inside),
                folder))
        : Optional.empty();
  }

  private static Command go(TestId test, String file) {
    int slash = file.lastIndexOf('/');
    String at = slash < 0 ? "." : "./" + file.substring(0, slash);
    return new Command(List.of("go", "test", at, "-run", "^" + goName(test) + "$"), "");
  }

  private static String goName(TestId test) {
    return test.name().replace("/", "$/^");
  }

  private static String rustName(TestId test) {
    return test.name().replaceFirst("^.*\\$", "");
  }

  private static Command dotnet(TestId test) {
    String method = method(test.name().substring(test.name().lastIndexOf('.') + 1));
    String whole = method.isEmpty() ? test.suite() : test.suite() + "." + method;
    return new Command(List.of("dotnet", "test", "--filter", "FullyQualifiedName~" + whole), "");
  }

  /** The test's own file: the outermost of the project's that is one of a test. */
  private String path(Failure failure) {
    for (Placed placed : failure.frames().reversed()) {
      if (placed.test() && !placed.path().isEmpty()) {
        return placed.path();
      }
    }
    String labelled = failure.labels().getOrDefault("file", "");
    if (!labelled.isEmpty()) {
      return code.find(
              failure.trace().language(), new dev.assay.suite.trace.Frame("", "", labelled, 0))
          .orElse(labelled);
    }
    // pytest's class name is the path with dots
    String python = failure.test().suite().replace('.', '/') + ".py";
    return code.named(python.substring(python.lastIndexOf('/') + 1)).stream()
        .filter(python::endsWith)
        .findFirst()
        .orElse("");
  }

  /** The nearest folder at or above a file that holds a file of that name. */
  private String above(String file, String name) {
    String folder = file;
    while (folder.indexOf('/') >= 0) {
      folder = folder.substring(0, folder.lastIndexOf('/'));
      if (Files.exists(root.resolve(folder).resolve(name))) {
        return folder;
      }
    }
    return "";
  }

  private boolean exists(String name) {
    return Files.exists(root.resolve(name));
  }

  private String text(String file) {
    try {
      Path path = root.resolve(file);
      return Files.isRegularFile(path) && Files.size(path) < 1 << 20
          ? Objects.toString(Files.readString(path), "")
          : "";
    } catch (IOException | java.nio.file.InvalidPathException unreadable) {
      return "";
    }
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-][\\w@%+=:,./~-]*")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
