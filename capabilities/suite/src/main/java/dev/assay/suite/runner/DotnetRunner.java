package dev.assay.suite.runner;

import dev.assay.suite.runner.Request.Cases;
import dev.assay.suite.runner.Request.Matching;
import dev.assay.suite.runner.Request.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code dotnet test} with the VSTest platform. */
public final class DotnetRunner implements TestRunner {

  @Override
  public String id() {
    return "dotnet";
  }

  @Override
  public String title() {
    return "dotnet test";
  }

  @Override
  public Optional<String> sign(ProjectFiles project) {
    return project.matching("*.{sln,slnx}").or(() -> project.matching("*.{csproj,fsproj,vbproj}"));
  }

  @Override
  public String program(ProjectFiles project) {
    return "dotnet";
  }

  @Override
  public Unit unit() {
    return Unit.CLASS;
  }

  /** Builds of one folder would write the same files. */
  @Override
  public boolean besideItself() {
    return false;
  }

  @Override
  public Invocation invocation(Request request) {
    Invocation.Words words =
        new Invocation.Words()
            .add(".NET of the machine", "dotnet")
            .add("runs tests", "test", "--nologo")
            .add(
                "writes reports that can be read",
                "--logger",
                "trx",
                "--results-directory",
                request.reports().toString())
            .all("your own options", request.options());
    List<String> parts =
        switch (request.what()) {
          case Request.All _ -> List.of();
          case Matching matching -> List.of(matching.pattern());
          case Units units ->
              units.units().stream().map(unit -> "FullyQualifiedName~" + escaped(unit)).toList();
          case Cases cases -> cases.cases().stream().map(DotnetRunner::filter).distinct().toList();
        };
    if (!parts.isEmpty()) {
      words.add("which tests", "--filter", String.join("|", parts));
    }
    return words.writing(request.reports() + "/**/*.trx");
  }

  /** A theory is run with all its data, as a filter cannot name one row. */
  private static String filter(Request.Case one) {
    String name = one.name().replaceFirst("\\(.*", "");
    String full = name.startsWith(one.suite() + ".") ? name : one.suite() + "." + name;
    return "FullyQualifiedName=" + escaped(full);
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\()&|=!~]", "\\\\$0");
  }

  @Override
  public List<List<String>> measures() {
    return List.of(
        List.of("**/coverage.cobertura.xml", "**/coverage.info"),
        List.of("StrykerOutput/**/mutation-report.json"));
  }

  @Override
  public String unit(ProjectFiles project, String suite, Map<String, String> labels) {
    return suite;
  }
}
