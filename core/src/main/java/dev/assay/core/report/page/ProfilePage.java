package dev.assay.core.report.page;

import dev.assay.core.report.Attached;
import dev.assay.core.report.CheckReport;
import dev.assay.core.report.Markup;
import dev.assay.core.report.RunReport;
import dev.assay.core.report.stacks.Profile;
import java.util.List;

/** The profiles of one run beside those of another as a page of their own, under the same rules. */
public final class ProfilePage {

  private ProfilePage() {}

  /**
   * The page, to be stored as UTF-8.
   *
   * @param compared the other run, for people
   */
  public static String write(RunReport run, Attached attached, String compared) {
    Markup page = new Markup("<!DOCTYPE html>");
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    HtmlReport.head(page, "Profile · " + run.summary().workspace() + " · Assay", true);
    page.line().open("body", "class", "tone-not-run");
    page.open("header", "class", "masthead").open("div", "class", "wrap");
    page.open("p", "class", "brand").element("strong", "Assay").text(" profile").close("p");
    page.open("div", "class", "what").element("h1", run.summary().workspace());
    page.element("p", "Run " + run.id() + " compared with " + compared, "class", "because");
    page.close("div").close("div").close("header").open("main");
    for (CheckReport check : run.checks()) {
      List<Profile> profiles = attached.profiles().getOrDefault(check.id(), List.of());
      if (!profiles.isEmpty()) {
        String id = HtmlReport.anchor(run, check);
        page.line().open("section", "class", "panel", "aria-labelledby", id);
        page.element("h2", check.id(), "id", id);
        page.element("h3", check.type().isEmpty() ? "check" : check.type(), "class", "quiet");
        new ProfileSection(page, id).write(profiles);
        page.close("section");
      }
    }
    page.close("main").line().script(ProfileSection.script());
    return page.close("body").close("html").line().toString();
  }
}
