package dev.assay.core.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes XML, and HTML that is XML as well. Text is always escaped, characters that XML forbids are
 * replaced by U+FFFD, and what is opened must be closed, so neither a hostile text nor a forgotten
 * tag can break a page. Names of elements and attributes come from code and are checked. Not for
 * use by several threads.
 */
public final class Markup {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9:-]*");
  private static final Pattern INNER_LINK = Pattern.compile("#[A-Za-z0-9._-]+");

  /** The elements of HTML that have no content; only these may be written as {@code <br/>}. */
  private static final Set<String> VOID =
      Set.of("br", "hr", "img", "input", "meta", "link", "col", "wbr");

  private static final Set<String> SHAPES = Set.of("path", "rect", "line", "circle", "polyline");

  private final StringBuilder out = new StringBuilder(16_384);
  private final Deque<String> open = new ArrayDeque<>();

  /** Starts with a line that is trusted, such as a document type. */
  public Markup(String prologue) {
    out.append(prologue).append('\n');
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; one whose value is null is left out
   */
  public Markup open(String name, @Nullable String... attributes) {
    tag(name, attributes).append('>');
    open.push(name);
    return this;
  }

  /** Closes the element that was opened last, which must be of that name. */
  public Markup close(String name) {
    if (open.isEmpty() || !open.peek().equals(name)) {
      throw new IllegalStateException("</" + name + "> closes " + open);
    }
    open.pop();
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element with a text. */
  public Markup element(String name, String text, @Nullable String... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** An element without content. */
  public Markup empty(String name, @Nullable String... attributes) {
    tag(name, attributes);
    if (VOID.contains(name) || SHAPES.contains(name)) {
      out.append("/>");
    } else {
      out.append("></").append(name).append('>');
    }
    return this;
  }

  /** A text. */
  public Markup text(String text) {
    escape(text, false);
    return this;
  }

  /** A line end, for the reader of the source. */
  public Markup line() {
    out.append('\n');
    return this;
  }

  /**
   * A style sheet, which HTML does not unescape and XML does.
   *
   * @throws IllegalArgumentException if it holds a character that the two read differently
   */
  public Markup style(String css) {
    if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0) {
      throw new IllegalArgumentException("a style sheet must hold neither '<' nor '&'");
    }
    out.append("<style>").append(css).append("</style>");
    return this;
  }

  /**
   * A script, under the same rule as a style sheet.
   *
   * @throws IllegalArgumentException if it holds a character that HTML and XML read differently
   */
  public Markup script(String script) {
    if (script.indexOf('<') >= 0 || script.indexOf('&') >= 0) {
      throw new IllegalArgumentException("a script must hold neither '<' nor '&'");
    }
    out.append("<script>").append(script).append("</script>");
    return this;
  }

  private StringBuilder tag(String name, @Nullable String... attributes) {
    out.append('<').append(checked(name));
    for (int i = 0; i < attributes.length; i += 2) {
      String attribute = attributes[i];
      String value = attributes[i + 1];
      if (attribute == null || value == null) {
        continue;
      }
      if (attribute.equals("href") && !INNER_LINK.matcher(value).matches()) {
        throw new IllegalArgumentException("'" + value + "' leads out of the page");
      }
      out.append(' ').append(checked(attribute)).append("=\"");
      escape(value, true);
      out.append('"');
    }
    return out;
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of an element or attribute");
    }
    return name;
  }

  private void escape(String text, boolean attribute) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        case '\n' -> out.append(attribute ? "&#10;" : "\n");
        case '\t' -> out.append(attribute ? "&#9;" : "\t");
        case '\r' -> out.append("&#13;");
        default -> out.appendCodePoint(legal(c) ? c : 0xFFFD);
      }
    }
  }

  /** XML 1.0 section 2.2, less the C1 control characters, which HTML forbids. */
  private static boolean legal(int c) {
    return c >= 0x20 && c < 0x7F
        || c > 0x9F && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }

  /**
   * The whole document.
   *
   * @throws IllegalStateException if something is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
