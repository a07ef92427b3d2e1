package dev.assay.cli;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Where;
import dev.assay.core.report.Attached;
import dev.assay.core.report.JUnitXmlReport;
import dev.assay.core.report.JsonReport;
import dev.assay.core.report.MarkdownReport;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.SarifReport;
import dev.assay.core.report.VerdictBadge;
import dev.assay.core.report.page.HtmlReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/** Writes the renderings of a run to files. */
final class ReportFiles {

  private ReportFiles() {}

  /** Writes all of them into a folder, which is created. */
  static void write(RunReport run, Attached attached, Path folder) {
    for (Format format : Format.values()) {
      write(folder.resolve(format.file), format.render(run, attached));
    }
  }

  /** The form that a file's name asks for. */
  static Format formatOf(Path file) {
    String name = file.toString();
    for (Format format : Format.values()) {
      if (name.endsWith(format.file.substring(format.file.lastIndexOf('.')))) {
        return format;
      }
    }
    throw CliProblems.USAGE.failure(
        Where.named("--report"),
        "'" + file + "' does not say what form the report has",
        "let it end in .html, .md, .json, .xml, .sarif or .svg");
  }

  /** Writes one file, whole or not at all. */
  static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes one file, whole or not at all. */
  static void write(Path file, byte[] content) {
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Files.createDirectories(folder);
      Path half = Files.createTempFile(folder, ".assay", ".part");
      Files.write(half, content);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException broken) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(file.toString()),
          "'" + file + "' cannot be written: " + IoReason.of(broken),
          "name a folder that can be written, and leave room on its disk");
    }
  }

  /** Where GitHub Actions takes the summary of a step from. */
  static Path stepSummary(Map<String, String> environment) {
    String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (file.isBlank()) {
      throw CliProblems.USAGE.failure(
          Where.named("--step-summary"),
          "there is no GITHUB_STEP_SUMMARY",
          "run it in a step of GitHub Actions");
    }
    return Path.of(file);
  }

  /** Adds to a file that others add to, too. */
  static void append(Path file, String content) {
    try {
      Files.writeString(
          file,
          content.endsWith("\n") ? content : content + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException broken) {
      throw CliProblems.NOT_WRITTEN.failure(
          Where.named(file.toString()),
          "'" + file + "' cannot be written: " + IoReason.of(broken),
          "name a file that can be written, and leave room on its disk");
    }
  }

  /** The renderings. */
  enum Format {
    /** One self-contained page. */
    HTML("report.html"),
    /** For a pull request. */
    MARKDOWN("report.md"),
    /** For machines. */
    JSON("report.json"),
    /** For continuous integration. */
    JUNIT("junit.xml"),
    /** For code hosts. */
    SARIF("report.sarif"),
    /** For a README. */
    BADGE("badge.svg");

    private final String file;

    Format(String file) {
      this.file = file;
    }

    String render(RunReport run, Attached attached) {
      return switch (this) {
        case HTML -> HtmlReport.write(run, attached);
        case MARKDOWN -> MarkdownReport.write(run, attached.failures());
        case JSON -> JsonReport.write(run);
        case JUNIT -> JUnitXmlReport.write(run);
        case SARIF -> SarifReport.write(run);
        case BADGE -> VerdictBadge.svg(run.summary().workspace(), run.decision());
      };
    }
  }
}
