package dev.assay.gateway.template;

/** Keeps values from being read as markup. */
final class Markup {

  private static final String SPECIAL = "\\*_~`[]()<>#";

  private Markup() {}

  /** A text in which nothing is markup any more: a backslash stands before what would be. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
