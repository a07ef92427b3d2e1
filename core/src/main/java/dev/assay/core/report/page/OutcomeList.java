package dev.assay.core.report.page;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Outcome;
import dev.assay.core.report.EvidenceReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The outcomes of a check, those that need attention first. Of a whole page at most 5,000 outcomes
 * and 2 Mi characters of details are shown, and it says how many are left out.
 */
final class OutcomeList {

  private static final int OPENED = 10;
  private static final int LONGEST_DETAIL = 8_000;

  private final Markup page;
  private final EvidenceReport evidence;
  private final Budget budget;

  /** What may still be shown on the page. */
  static final class Budget {
    private int outcomes = 5_000;
    private int characters = 2 * 1024 * 1024;
  }

  OutcomeList(Markup page, EvidenceReport evidence, Budget budget) {
    this.page = page;
    this.evidence = evidence;
    this.budget = budget;
  }

  void write() {
    if (evidence.size() == 0) {
      return;
    }
    List<Outcome> all = evidence.gravestFirst();
    List<Outcome> shown = all.subList(0, Math.min(all.size(), budget.outcomes));
    budget.outcomes -= shown.size();
    page.element("h4", "Outcomes");
    tally();
    List<Outcome> told =
        shown.stream().filter(outcome -> outcome.result().failure() || outcome.flaky()).toList();
    for (int i = 0; i < told.size(); i++) {
      Outcome outcome = told.get(i);
      told(outcome, i < OPENED && outcome.result().failure());
    }
    quiet("skipped", shown.stream().filter(each -> each.result() == Result.SKIPPED).toList());
    quiet(
        "passed",
        shown.stream().filter(each -> each.result() == Result.PASSED && !each.flaky()).toList());
    long left = evidence.size() - shown.size();
    if (left > 0) {
      page.element(
          "p",
          Words.many(left, "more outcome")
              + " are left out of this page; the JSON report has them all.",
          "class",
          "quiet");
    }
  }

  private void tally() {
    page.open("p", "class", "tally");
    part("fail", "✘", evidence.failed(), "failed");
    part("inconclusive", "↻", evidence.flaky(), "flaky");
    part("not-run", "–", evidence.skipped(), "skipped");
    part("pass", "✔", evidence.passed() - evidence.flaky(), "passed");
    page.close("p");
  }

  private void part(String tone, String glyph, long count, String word) {
    if (count > 0) {
      page.open("span", "class", "tone-" + tone);
      page.element("span", glyph, "class", "glyph", "aria-hidden", "true");
      page.text(Words.grouped(count) + " " + word).close("span").text(" ");
    }
  }

  private void told(Outcome outcome, boolean open) {
    String tone = outcome.flaky() ? "inconclusive" : "fail";
    page.line().open("details", "class", "outcome tone-" + tone, "open", open ? "open" : null);
    page.open("summary");
    page.element("span", outcome.flaky() ? "↻" : "✘", "class", "glyph", "aria-hidden", "true");
    page.open("span", "class", "case");
    if (!outcome.suite().isEmpty()) {
      page.element("span", outcome.suite(), "class", "suite");
    }
    page.element("strong", outcome.name()).close("span");
    page.element("span", word(outcome), "class", "state").close("summary");
    List<Attempt> attempts = outcome.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      attempt(attempts.get(i), attempts.size() == 1 ? "" : "Attempt " + (i + 1) + ": ");
    }
    page.close("details");
  }

  private static String word(Outcome outcome) {
    String attempts =
        outcome.attempts().size() == 1 ? "" : " after " + outcome.attempts().size() + " attempts";
    return outcome.flaky()
        ? "flaky, passed" + attempts
        : (outcome.result() == Result.ERROR ? "error" : "failed") + attempts;
  }

  private void attempt(Attempt attempt, String number) {
    page.open("div", "class", "attempt").open("p");
    String message = attempt.message();
    page.element(
        "strong",
        number
            + (message == null
                ? attempt.result().name().toLowerCase(java.util.Locale.ROOT)
                : message));
    String type = attempt.type();
    page.element(
        "span",
        " " + (type == null ? "" : type + ", ") + Words.took(attempt.took()),
        "class",
        "quiet");
    page.close("p");
    String detail = attempt.detail();
    if (detail != null && !detail.isBlank()) {
      int room = Math.min(LONGEST_DETAIL, budget.characters);
      String shown = detail.length() <= room ? detail : detail.substring(0, room) + "\n…";
      budget.characters -= Math.min(room, detail.length());
      page.element("pre", shown, "tabindex", "0");
      if (detail.length() > room) {
        page.element(
            "p",
            Words.grouped(detail.length() - room) + " more characters are in the JSON report.",
            "class",
            "quiet");
      }
    }
    page.close("div");
  }

  private void quiet(String word, List<Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    page.line().open("details", "class", "fold");
    page.element("summary", Words.grouped(outcomes.size()) + " " + word);
    EvidenceLists.table(page, "Suite", "Name", "#Took");
    for (Outcome outcome : outcomes) {
      Duration took =
          outcome.attempts().stream().map(Attempt::took).reduce(Duration.ZERO, Duration::plus);
      String why = Objects.requireNonNullElse(outcome.attempts().getLast().message(), "");
      page.open("tr").element("td", outcome.suite());
      page.element("td", why.isEmpty() ? outcome.name() : outcome.name() + ": " + why);
      page.element("td", Words.took(took), "class", "num").close("tr");
    }
    EvidenceLists.endTable(page);
    page.close("details");
  }
}
