package dev.assay.core.report.page;

import dev.assay.api.plan.Subject;
import dev.assay.api.verdict.Decision;
import dev.assay.api.verdict.Reason;
import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.ServiceReport;
import dev.assay.core.report.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A run as one self-contained HTML page: no request to anywhere, light and dark, for a phone, a
 * desk and paper; no script but the one of a flame graph, which its policy names by its digest. It
 * is well-formed XML too, so that a test can read it.
 *
 * <p>Bounded: see {@link OutcomeList} for what is left out of very large runs; the JSON report has
 * all of it.
 */
public final class HtmlReport {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'";

  private static final int MOST_REASONS = 30;

  private final Markup page = new Markup("<!DOCTYPE html>");
  private final RunReport run;
  private final Attached attached;
  private final OutcomeList.Budget budget = new OutcomeList.Budget();

  private HtmlReport(RunReport run, Attached attached) {
    this.run = run;
    this.attached = attached;
  }

  /** The page, to be stored as UTF-8. */
  public static String write(RunReport run) {
    return write(run, Attached.NONE);
  }

  /** The page with what artifacts hold, to be stored as UTF-8. */
  public static String write(RunReport run, Attached attached) {
    return new HtmlReport(run, attached).page();
  }

  private String page() {
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    head();
    page.line().open("body", "class", "tone-" + tone(run.decision()));
    page.element("a", "Skip to the checks", "class", "skip", "href", "#checks");
    masthead();
    page.line().open("main");
    against();
    new FailureSection(page, attached.failures()).write();
    new Timeline(page, run).write();
    checks();
    services();
    page.close("main");
    foot();
    if (!attached.profiles().isEmpty()) {
      page.line().script(ProfileSection.script());
    }
    return page.close("body").close("html").line().toString();
  }

  private void head() {
    head(
        page,
        run.headline() + " · " + run.summary().workspace() + " · Assay",
        !attached.profiles().isEmpty());
  }

  static void head(Markup page, String title, boolean flames) {
    page.line().open("head").empty("meta", "charset", "utf-8");
    String policy = flames ? POLICY + "; script-src " + ProfileSection.scriptSource() : POLICY;
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy);
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.empty("meta", "name", "referrer", "content", "no-referrer");
    page.element("title", title);
    page.line().style(css()).close("head");
  }

  static String css() {
    try (InputStream css =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("page.css"), "page.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String tone(Decision decision) {
    return decision.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The id of a check's card; ids from the workspace are not used, as they may hold anything. */
  static String anchor(RunReport run, CheckReport check) {
    return "check-" + (run.checks().indexOf(check) + 1);
  }

  static void pill(Markup page, Decision decision) {
    page.open("span", "class", "pill tone-" + tone(decision));
    page.element("span", Words.glyph(decision), "class", "glyph", "aria-hidden", "true");
    page.text(decision.word()).close("span");
  }

  private void masthead() {
    page.line().open("header", "class", "masthead").open("div", "class", "wrap");
    page.open("p", "class", "brand").element("strong", "Assay").text(" release report").close("p");
    page.open("div", "class", "lead").open("div", "class", "badge");
    page.element("span", Words.glyph(run.decision()), "class", "disc", "aria-hidden", "true");
    page.element("span", run.headline(), "class", "word").close("div");
    page.open("div", "class", "what").element("h1", run.summary().workspace());
    page.element("p", run.because(), "class", "because").close("div").close("div");
    facts();
    page.close("div").close("header");
  }

  private void facts() {
    Subject subject = run.subject();
    page.open("dl", "class", "facts");
    fact("Environment", subject.environment());
    String commit = subject.commit();
    if (commit != null) {
      fact("Commit", Words.brief(commit) + (subject.dirty() ? " + changes" : ""));
    }
    String branch = subject.branch();
    if (branch != null) {
      fact("Branch", branch);
    }
    String artifact = subject.artifact();
    if (artifact != null) {
      fact("Artifact", Words.cut(artifact, 24));
    }
    fact("Started", Words.moment(run.summary().opened()));
    fact("Duration", run.closed() == null ? "interrupted" : Words.took(run.took()));
    fact("Seed", Long.toString(run.seed()));
    fact("Run", run.id());
    if (run.resumed() > 0) {
      fact("Resumed", Words.many(run.resumed(), "time"));
    }
    page.close("dl");
  }

  private void fact(String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close("div");
  }

  private void against() {
    List<CheckReport> held =
        run.checks().stream()
            .filter(check -> check.decision() != Decision.PASS)
            .sorted(java.util.Comparator.comparing(CheckReport::decision))
            .toList();
    if (held.isEmpty()) {
      return;
    }
    page.line().open("section", "class", "panel against", "aria-labelledby", "against");
    page.element(
        "h2",
        run.decision() == Decision.FAIL ? "What holds it back" : "What is not settled",
        "id",
        "against");
    page.open("ul");
    int left = MOST_REASONS;
    for (CheckReport check : held) {
      List<String> sentences =
          check.against().isEmpty()
              ? List.of(check.because())
              : check.against().stream().map(Reason::sentence).toList();
      for (String sentence : sentences.subList(0, Math.min(Math.max(0, left), sentences.size()))) {
        page.open("li").open("span", "class", "who");
        pill(page, check.decision());
        page.element("a", check.id(), "href", "#" + anchor(run, check)).close("span");
        page.element("span", Words.line(sentence, 400), "class", "sentence").close("li");
        left--;
      }
    }
    page.close("ul");
    if (left <= 0) {
      page.element("p", "More reasons stand with the checks below.", "class", "quiet");
    }
    page.close("section");
  }

  private void checks() {
    page.line().open("section", "id", "checks", "aria-labelledby", "checks-title");
    page.element("h2", "Checks", "id", "checks-title");
    if (run.checks().isEmpty()) {
      page.element("p", "The run has no checks.", "class", "panel");
    }
    new MatrixTable(page, run).write();
    for (CheckReport check : run.checks()) {
      new CheckCard(page, run.id(), check, anchor(run, check), budget, attached).write();
    }
    page.close("section");
  }

  private void services() {
    if (run.services().isEmpty()) {
      return;
    }
    page.line().open("section", "aria-labelledby", "services-title");
    page.element("h2", "Services", "id", "services-title");
    for (ServiceReport service : run.services()) {
      page.open("article", "class", "panel card").element("h3", service.name());
      EvidenceLists lists = new EvidenceLists(page, service.evidence());
      lists.findings();
      lists.events(true);
      lists.artifacts();
      page.close("article");
    }
    page.close("section");
  }

  private void foot() {
    page.line().open("footer").open("div", "class", "wrap");
    page.open("p").text("Same seed, same run: ");
    page.element("code", "assay run --seed " + run.seed()).close("p");
    page.element(
        "p",
        "Assay "
            + run.version()
            + " · workspace digest "
            + Words.brief(run.summary().digest())
            + " · times are UTC",
        "class",
        "quiet");
    page.close("div").close("footer");
  }
}
