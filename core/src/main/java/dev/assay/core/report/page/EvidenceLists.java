package dev.assay.core.report.page;

import dev.assay.api.evidence.Artifact;
import dev.assay.api.evidence.Event;
import dev.assay.api.evidence.Finding;
import dev.assay.api.value.Unit;
import dev.assay.core.report.EvidenceReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Findings, events and artifacts as tables; at most 500 rows of each. */
final class EvidenceLists {

  private static final int MOST = 500;

  private final Markup page;
  private final EvidenceReport evidence;

  EvidenceLists(Markup page, EvidenceReport evidence) {
    this.page = page;
    this.evidence = evidence;
  }

  /**
   * Opens a table that scrolls within itself; a heading that begins with {@code #} is of numbers.
   */
  static void table(Markup page, String... headings) {
    page.line()
        .open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Table");
    page.open("table").open("thead").open("tr");
    for (String heading : headings) {
      boolean number = heading.startsWith("#");
      page.element(
          "th",
          number ? heading.substring(1) : heading,
          "scope",
          "col",
          "class",
          number ? "num" : null);
    }
    page.close("tr").close("thead").open("tbody");
  }

  static void endTable(Markup page) {
    page.close("tbody").close("table").close("div");
  }

  void findings() {
    List<Finding> findings =
        evidence.findings().stream()
            .sorted(Comparator.comparing(Finding::severity).reversed())
            .toList();
    if (findings.isEmpty()) {
      return;
    }
    page.element("h4", "Findings");
    table(page, "Severity", "Rule", "What", "Where");
    for (Finding finding : findings.stream().limit(MOST).toList()) {
      page.open("tr").open("td").open("span", "class", "severity tone-" + tone(finding.severity()));
      page.text(finding.severity().name().toLowerCase(Locale.ROOT)).close("span").close("td");
      page.open("td").element("code", finding.rule()).close("td");
      page.element("td", finding.message(), "class", "wide");
      page.element("td", Objects.requireNonNullElse(finding.place(), "")).close("tr");
    }
    endTable(page);
    more(evidence.findingCount());
  }

  private static String tone(Finding.Severity severity) {
    return switch (severity) {
      case NOTE -> "not-run";
      case WARNING, INVALID -> "inconclusive";
      case ERROR -> "fail";
    };
  }

  void events(boolean open) {
    if (evidence.events().isEmpty()) {
      return;
    }
    page.line().open("details", "class", "fold", "open", open ? "open" : null);
    page.element("summary", Words.many(evidence.eventCount(), "event"));
    table(page, "When", "Kind", "What");
    for (Event event : evidence.events().stream().limit(MOST).toList()) {
      page.open("tr").element("td", Words.moment(event.at()), "class", "when");
      page.open("td").element("code", event.kind()).close("td");
      page.element("td", event.message(), "class", "wide").close("tr");
    }
    endTable(page);
    more(evidence.eventCount());
    page.close("details");
  }

  void artifacts() {
    if (evidence.artifacts().isEmpty()) {
      return;
    }
    page.line().open("details", "class", "fold");
    page.element("summary", Words.many(evidence.artifacts().size(), "artifact"));
    table(page, "Name", "Type", "#Size", "SHA-256");
    for (Artifact artifact : evidence.artifacts().stream().limit(MOST).toList()) {
      page.open("tr").element("td", artifact.name()).element("td", artifact.mediaType());
      page.element("td", Unit.BYTES.format(artifact.size()), "class", "num");
      page.open("td").element("code", artifact.sha256(), "class", "sha").close("td").close("tr");
    }
    endTable(page);
    more(evidence.artifacts().size());
    page.close("details");
  }

  private void more(long size) {
    if (size > MOST) {
      page.element(
          "p", Words.grouped(size - MOST) + " more are in the JSON report.", "class", "quiet");
    }
  }
}
