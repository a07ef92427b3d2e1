package dev.assay.server.page;

/** Text as it stands in a page. */
final class Markups {

  private Markups() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
