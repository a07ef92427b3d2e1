package dev.assay.core.report.page;

import dev.assay.core.report.Markup;
import java.util.List;

/** Tables as one self-contained page, in the look of the report of a run. */
public final class TablePage {

  /**
   * One table.
   *
   * @param title what it is about
   * @param note one sentence on how it is to be read; may be empty
   * @param headings of the columns
   * @param rows the cells
   */
  public record Table(String title, String note, List<String> headings, List<List<String>> rows) {
    /** Copies the lists. */
    public Table {
      headings = List.copyOf(headings);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  private TablePage() {}

  /**
   * The page, to be stored as UTF-8.
   *
   * @param title its heading
   * @param lead one sentence below it
   */
  public static String write(String title, String lead, List<Table> tables) {
    Markup page = new Markup("<!DOCTYPE html>");
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    HtmlReport.head(page, title + " · Assay", false);
    page.line().open("body", "class", "tone-pass");
    page.line().open("header", "class", "masthead").open("div", "class", "wrap");
    page.open("p", "class", "brand").element("strong", "Assay").text(" suites").close("p");
    page.element("h1", title).element("p", lead, "class", "because");
    page.close("div").close("header").line().open("main");
    tables.forEach(table -> table(page, table));
    return page.close("main").close("body").close("html").line().toString();
  }

  private static void table(Markup page, Table table) {
    page.line().open("section", "class", "panel");
    page.element("h2", table.title());
    if (!table.note().isEmpty()) {
      page.element("p", table.note(), "class", "quiet");
    }
    page.open("div", "class", "scroll", "tabindex", "0").open("table").open("thead").open("tr");
    table.headings().forEach(heading -> page.element("th", heading, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (List<String> row : table.rows()) {
      page.open("tr");
      row.forEach(cell -> page.element("td", cell));
      page.close("tr");
    }
    page.close("tbody").close("table").close("div").close("section");
  }
}
