package dev.assay.gateway.channel;

import dev.assay.gateway.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with a little markup, shown in the way of each channel: {@code *strong*} (or {@code
 * **strong**}), {@code _emphasis_}, {@code ~struck out~}, {@code `code`}, {@code
 * [label](https://…)}, lines that begin with {@code -}, and a backslash before what is none of it.
 * Marks that are not closed in their line stand for themselves. Immutable.
 *
 * @param spans in order
 */
record RichText(List<Span> spans) {

  private static final String MARKS = "*_~`";
  private static final String ESCAPABLE = "\\*_~`[]()<>#";

  /** What a piece is. */
  enum Style {
    PLAIN,
    STRONG,
    EMPHASIS,
    STRUCK,
    CODE,
    LINK
  }

  /**
   * A piece.
   *
   * @param style what it is
   * @param text what it says
   * @param target where a link leads; else empty
   */
  record Span(Style style, String text, String target) {}

  RichText {
    spans = List.copyOf(spans);
  }

  /** The text of a message: with markup where its property {@code format} says {@code markup}. */
  static RichText of(Message message) {
    return "markup".equals(message.properties().get("format"))
        ? parse(message.text())
        : plainText(message.text());
  }

  /** A text in which nothing is markup. */
  static RichText plainText(String text) {
    return new RichText(List.of(new Span(Style.PLAIN, text, "")));
  }

  /** Reads markup. */
  static RichText parse(String text) {
    List<Span> spans = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(at + 1)) >= 0) {
        plain.append(text.charAt(at + 1));
        at += 2;
        continue;
      }
      int end = c == '[' ? link(text, at, plain, spans) : marked(text, at, plain, spans);
      if (end > at) {
        at = end;
      } else {
        plain.append(c);
        at++;
      }
    }
    flush(plain, spans);
    return new RichText(spans);
  }

  private static void flush(StringBuilder plain, List<Span> spans) {
    if (!plain.isEmpty()) {
      spans.add(new Span(Style.PLAIN, plain.toString(), ""));
      plain.setLength(0);
    }
  }

  private static int marked(String text, int at, StringBuilder plain, List<Span> spans) {
    char mark = text.charAt(at);
    if (MARKS.indexOf(mark) < 0) {
      return at;
    }
    int width = mark == '*' && text.startsWith("**", at) ? 2 : 1;
    int from = at + width;
    boolean opens =
        from < text.length()
            && !Character.isWhitespace(text.charAt(from))
            && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    int end = opens ? closing(text, from, mark, width) : -1;
    if (end < 0) {
      return at;
    }
    flush(plain, spans);
    Style style =
        switch (mark) {
          case '*' -> Style.STRONG;
          case '_' -> Style.EMPHASIS;
          case '~' -> Style.STRUCK;
          default -> Style.CODE;
        };
    spans.add(new Span(style, unescaped(text.substring(from, end)), ""));
    return end + width;
  }

  /** Where the same mark ends what it began, in the same line; -1 where it does not. */
  private static int closing(String text, int from, char mark, int width) {
    for (int i = from; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == mark
          && i > from
          && !Character.isWhitespace(text.charAt(i - 1))
          && (width == 1 || text.startsWith("**", i))) {
        int after = i + width;
        if (after >= text.length() || !Character.isLetterOrDigit(text.charAt(after))) {
          return i;
        }
      }
    }
    return -1;
  }

  private static int link(String text, int at, StringBuilder plain, List<Span> spans) {
    int middle = text.indexOf("](", at);
    int end = middle < 0 ? -1 : text.indexOf(')', middle);
    if (end < 0 || text.substring(at, end).indexOf('\n') >= 0) {
      return at;
    }
    String target = unescaped(text.substring(middle + 2, end));
    if (!target.matches("(https?://|mailto:|tel:)[^\\s<>\"|]+")) {
      return at;
    }
    flush(plain, spans);
    spans.add(new Span(Style.LINK, unescaped(text.substring(at + 1, middle)), target));
    return end + 1;
  }

  private static String unescaped(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape =
          c == '\\' && i + 1 < text.length() && ESCAPABLE.indexOf(text.charAt(i + 1)) >= 0;
      bare.append(escape ? text.charAt(++i) : c);
    }
    return bare.toString();
  }

  /** Without marks; links as {@code label (target)}. */
  String plain() {
    StringBuilder shown = new StringBuilder();
    for (Span span : spans) {
      shown.append(span.text());
      if (span.style() == Style.LINK && !span.text().equals(span.target())) {
        shown.append(" (").append(span.target()).append(')');
      }
    }
    return shown.toString();
  }

  /** As WhatsApp and Viber show it. */
  String whatsApp() {
    StringBuilder shown = new StringBuilder();
    for (Span span : spans) {
      shown.append(
          switch (span.style()) {
            case PLAIN -> span.text();
            case STRONG -> "*" + span.text() + "*";
            case EMPHASIS -> "_" + span.text() + "_";
            case STRUCK -> "~" + span.text() + "~";
            case CODE -> "```" + span.text() + "```";
            case LINK ->
                span.text().equals(span.target())
                    ? span.target()
                    : span.text() + ": " + span.target();
          });
    }
    return shown.toString();
  }

  /** As Slack's mrkdwn. */
  String slack() {
    StringBuilder shown = new StringBuilder();
    for (Span span : spans) {
      String text = slackText(span.text());
      shown.append(
          switch (span.style()) {
            case PLAIN -> text;
            case STRONG -> "*" + text + "*";
            case EMPHASIS -> "_" + text + "_";
            case STRUCK -> "~" + text + "~";
            case CODE -> "`" + text + "`";
            case LINK -> "<" + slackText(span.target()) + "|" + text.replace('|', '/') + ">";
          });
    }
    return shown.toString();
  }

  /** The three characters that Slack wants escaped. */
  static String slackText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** As a page of HTML for e-mail. */
  String html() {
    StringBuilder body = new StringBuilder();
    for (Span span : spans) {
      String text = htmlText(span.text());
      body.append(
          switch (span.style()) {
            case PLAIN -> text;
            case STRONG -> "<strong>" + text + "</strong>";
            case EMPHASIS -> "<em>" + text + "</em>";
            case STRUCK -> "<s>" + text + "</s>";
            case CODE -> "<code>" + text + "</code>";
            case LINK -> "<a href=\"" + htmlText(span.target()) + "\">" + text + "</a>";
          });
    }
    return "<!DOCTYPE html>\n<html><body>\n" + lines(body.toString()) + "</body></html>\n";
  }

  /** Paragraphs and lists of lines. */
  private static String lines(String body) {
    StringBuilder page = new StringBuilder();
    boolean list = false;
    boolean paragraph = false;
    for (String line : body.split("\n", -1)) {
      boolean item = line.startsWith("- ");
      if (paragraph && (item || line.isBlank())) {
        page.append("</p>\n");
        paragraph = false;
      }
      if (list != item) {
        page.append(item ? "<ul>\n" : "</ul>\n");
        list = item;
      }
      if (item) {
        page.append("<li>").append(line.substring(2)).append("</li>\n");
      } else if (!line.isBlank()) {
        page.append(paragraph ? "<br>\n" : "<p>").append(line);
        paragraph = true;
      }
    }
    return page.append(paragraph ? "</p>\n" : "").append(list ? "</ul>\n" : "").toString();
  }

  private static String htmlText(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
