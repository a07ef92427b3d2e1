package dev.assay.cli;

import dev.assay.api.problem.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a first workspace. */
@Command(
    name = "init",
    description = "Writes a first assay.yaml, made from what is in the folder.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InitCommand implements Callable<Integer> {

  @ParentCommand private AssayCommand assay;

  @Parameters(
      arity = "0..1",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "The folder (default: this one).")
  private Path folder;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The address of the running service to prove.")
  private String url = "http://127.0.0.1:8080";

  @Override
  public Integer call() {
    Path file = folder.resolve("assay.yaml");
    if (Files.exists(file)) {
      throw CliProblems.EXISTS.failure(
          Where.named(file.toString()),
          "there already is a file '" + file + "'",
          "edit it, or name another folder");
    }
    if (!Files.isDirectory(folder)) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(folder.toString()), "there is no folder '" + folder + "'", "create it first");
    }
    String text = text();
    assay.rooms().parser(assay.console().environment()).parse(text, file);
    ReportFiles.write(file, text);
    assay
        .console()
        .out()
        .println(
            "wrote "
                + file
                + "\nnext: correct the url and the paths in it, then `assay run "
                + folder
                + "`");
    return ExitCode.PASS.code();
  }

  private String text() {
    boolean maven = Files.exists(folder.resolve("pom.xml"));
    boolean node = Files.exists(folder.resolve("package.json"));
    StringBuilder checks = new StringBuilder();
    if (maven) {
      checks.append("  unit:\n    suite: { maven: . }\n");
    } else if (node) {
      checks.append(
          "  unit:\n    # the command must write JUnit XML; most runners have a reporter for it\n"
              + "    suite: { command: npm test, reports: [\"reports/*.xml\"] }\n");
    }
    String first = maven || node ? "[unit], " : "";
    return """
    # What is proved before this service ships. Every key: docs/workspace-reference.md, or `assay schema` for editors.
    workspace: %s

    environments:
      local: { url: "%s" }

    # Let Assay start and stop the service itself:
    # services:
    #   app:
    #     command: java -jar target/app.jar --port ${port.app}
    #     ready: { get: /health, within: 20s }
    # and then: local: { url: "http://127.0.0.1:${port.app}" }

    checks:
    %s  smoke:
        http:
          - get: /
            expect: { status: 200 }
      load:
        load:
          rate: 50/s
          for: 10s
          flow:
            - get: /
        expect:
          latency.p95: < 250 ms
          errors: < 1 %%

    stages: [ %s[smoke], [load] ]
    """
        .formatted(name(), url, checks, first);
  }

  private String name() {
    Path absolute = folder.toAbsolutePath().normalize();
    Path last = absolute.getFileName();
    String name =
        last == null
            ? "workspace"
            : last.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "-");
    return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "workspace" : name;
  }
}
