package dev.assay.core.report.page;

import dev.assay.core.report.FailureGroup;
import dev.assay.core.report.Markup;
import dev.assay.core.report.Words;
import java.util.List;

/** Why tests failed, a panel for each group of them. Of a page at most 20 groups are shown. */
final class FailureSection {

  private static final int MOST_GROUPS = 20;
  private static final int MOST_TESTS = 8;
  private static final int LONGEST = 600;

  private final Markup page;
  private final List<FailureGroup> groups;

  FailureSection(Markup page, List<FailureGroup> groups) {
    this.page = page;
    this.groups = groups;
  }

  void write() {
    if (groups.isEmpty()) {
      return;
    }
    page.line().open("section", "aria-labelledby", "failures");
    page.element("h2", "Why tests failed", "id", "failures");
    groups.stream().limit(MOST_GROUPS).forEach(this::group);
    if (groups.size() > MOST_GROUPS) {
      page.element(
          "p",
          "And " + Words.many(groups.size() - MOST_GROUPS, "group") + " more.",
          "class",
          "quiet");
    }
    page.close("section");
  }

  private void group(FailureGroup group) {
    page.line().open("article", "class", "panel card tone-fail");
    page.element("h3", Words.line(group.title(), 300));
    page.open("p", "class", "quiet");
    page.text(Words.many(group.tests().size(), "test") + " · fingerprint ");
    page.element("code", group.fingerprint()).close("p");
    page.open("ul", "class", "why-tests");
    group.tests().stream()
        .limit(MOST_TESTS)
        .forEach(test -> page.element("li", Words.line(test, 200)));
    if (group.tests().size() > MOST_TESTS) {
      page.element("li", "… and " + (group.tests().size() - MOST_TESTS) + " more");
    }
    page.close("ul").open("dl", "class", "why");
    String before = "";
    for (FailureGroup.Fact fact : group.facts()) {
      page.open("div").element("dt", fact.name().equals(before) ? "" : fact.name());
      String text = Words.line(fact.text(), LONGEST);
      if (fact.command()) {
        page.open("dd").element("code", text).close("dd");
      } else {
        page.element("dd", text);
      }
      page.close("div");
      before = fact.name();
    }
    page.close("dl").close("article");
  }
}
