package dev.assay.suite.scan;

import dev.assay.suite.scan.Flaw.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements of XML as a stream, from bytes that nobody vouches for.
 *
 * <ul>
 *   <li>It forgives: several roots or none, text before the first, lone {@code <} and {@code &},
 *       tags that do not match. What it forgave is a {@link Flaw}.
 *   <li>No entity but the five of XML and characters by number is resolved, and nothing is ever
 *       fetched; a document type is passed over.
 *   <li>Characters that XML forbids become U+FFFD. Bytes that are not of the declared encoding are
 *       read as windows-1252.
 *   <li>Memory is bounded: values are cut at 64 KiB, tags at {@value #MOST_ATTRIBUTES} attributes,
 *       nesting deeper than {@value #DEEPEST} ends the reading.
 * </ul>
 *
 * <p>Text is only gathered into what {@link #listen} was given; all other is skipped at the speed
 * of a search for {@code <}. Namespaces are ignored: names are local. Not thread-safe.
 */
public final class XmlScanner implements Closeable {

  /** What {@link #next} came upon. */
  public enum Token {
    /** The begin of an element; its attributes can be asked for. */
    START,
    /** The end of an element, also of one that was never closed. */
    END,
    /** The end of the text. */
    DONE
  }

  static final int DEEPEST = 256;
  static final int MOST_ATTRIBUTES = 64;
  private static final int LONGEST_VALUE = 65_536;
  private static final int MOST_FLAWS = 20;

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_REFERENCE = 12;

  /** Bytes that a text may be copied with as they are. */
  private static final boolean[] PLAIN = new boolean[256];

  /** Bytes that a name may have. */
  private static final boolean[] NAME = new boolean[256];

  static {
    for (int c = 0x20; c < 256; c++) {
      PLAIN[c] = "&<\"'".indexOf(c) < 0;
      NAME[c] = c > 0x20 && "/>=<\"'&;!?".indexOf(c) < 0;
    }
    PLAIN['\t'] = true;
  }

  private final InputStream in;
  private final ByteWindow window;
  private final NameTable names = new NameTable();
  private final byte[] nameBytes = new byte[LONGEST_NAME];
  private final byte[] reference = new byte[LONGEST_REFERENCE];
  private final List<Flaw> flaws = new ArrayList<>();

  private final String[] open = new String[DEEPEST + 1];
  private int depth;
  private int closing;
  private boolean empty;
  private boolean done;
  private String name = "";
  private boolean sawElement;
  private boolean sawDocumentType;
  private boolean sawEntities;
  private boolean sawForeign;
  private boolean sawOutside;

  private final String[] attributeNames = new String[MOST_ATTRIBUTES];
  private final ByteText[] values = new ByteText[MOST_ATTRIBUTES];
  private int attributes;

  private final ByteText ignored = new ByteText(0);
  private @Nullable ByteText listener;

  /** A scanner of these bytes, which it closes. */
  public XmlScanner(InputStream in) throws IOException {
    this.in = in;
    this.window = new ByteWindow(in);
  }

  // ---- what is asked

  /** The local name of the element that just began or ended. */
  public String name() {
    return name;
  }

  /** How many elements are open, with the one that just began, without the one that just ended. */
  public int depth() {
    return depth;
  }

  /** How many attributes the element has that just began. */
  public int attributes() {
    return attributes;
  }

  /** The local name of an attribute. */
  public String attributeName(int index) {
    return attributeNames[index];
  }

  /** The value of an attribute. */
  public String attribute(int index) {
    ByteText value = values[index];
    String text = value.toString();
    sawForeign |= !sawForeign && value.foreign();
    return text;
  }

  /** The value of an attribute of the element that just began; null where it has none. */
  public @Nullable String attribute(String wanted) {
    for (int i = 0; i < attributes; i++) {
      if (attributeNames[i].equals(wanted)) {
        return attribute(i);
      }
    }
    return null;
  }

  /** Where to gather text from here on; null to skip it. */
  public void listen(@Nullable ByteText text) {
    listener = text;
  }

  /** The line on which the last token begins, from 1. */
  public long line() {
    return window.line();
  }

  /** The column at which the last token begins, from 1. */
  public long column() {
    return window.column();
  }

  /** Up to {@value #MOST_FLAWS} things that are wrong with the text so far. */
  public List<Flaw> flaws() {
    return List.copyOf(flaws);
  }

  /** Whether a text that was asked for had bytes that are not of its encoding. */
  public boolean foreign() {
    return sawForeign || window.foreign();
  }

  /** Notes that a gathered text is not of its encoding. */
  public void noteForeign(ByteText text) {
    sawForeign |= !sawForeign && text.foreign();
  }

  /** Whether any element was met. */
  public boolean any() {
    return sawElement;
  }

  /** Whether a document type was met. */
  public boolean documentType() {
    return sawDocumentType;
  }

  /** Whether a document type that declares entities was met. */
  public boolean entities() {
    return sawEntities;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  // ---- tokens

  /** Goes to the next token. */
  public Token next() throws IOException {
    attributes = 0;
    if (empty) {
      empty = false;
      return ended();
    }
    if (closing > 0) {
      closing--;
      return ended();
    }
    while (!done) {
      text();
      window.mark();
      if (window.take() < 0) {
        break;
      }
      Token token = markup();
      if (token != null) {
        return token;
      }
    }
    return end();
  }

  private Token ended() {
    name = open[--depth];
    return Token.END;
  }

  private Token end() {
    if (!done && depth > 0) {
      flaw(Kind.TRUNCATED, "ends inside <" + open[depth - 1] + ">");
    }
    done = true;
    name = "";
    return Token.DONE;
  }

  /** Passes text up to the next tag. */
  private void text() throws IOException {
    ByteText to = listener;
    while (window.at < window.end || window.more()) {
      if (to != null && !to.full()) {
        if (listened(to)) {
          return;
        }
      } else {
        int found = Search.find(window.bytes, window.at, window.end, (byte) '<');
        if (depth == 0) {
          outside(found);
        }
        window.at = found;
        if (found < window.end) {
          return;
        }
      }
    }
  }

  private void outside(int end) {
    for (int i = window.at; i < end; i++) {
      if (window.bytes[i] > ' ' || window.bytes[i] < 0) {
        if (!sawOutside) {
          sawOutside = true;
          window.at = i;
          window.mark();
          flaw(Kind.UNCLEAN, "has text outside all elements");
        }
        return;
      }
    }
  }

  /** Gathers text from this window; true before a tag. */
  private boolean listened(ByteText to) throws IOException {
    byte[] bytes = window.bytes;
    while (window.at < window.end) {
      int start = window.at;
      int i = start;
      while (i < window.end && PLAIN[bytes[i] & 0xFF]) {
        i++;
      }
      to.append(bytes, start, i - start);
      window.at = i;
      if (i == window.end) {
        return false;
      }
      if (bytes[i] == '<') {
        return true;
      }
      window.at++;
      if (bytes[i] == '&') {
        reference(to);
      } else {
        character(to, bytes[i]);
      }
    }
    return false;
  }

  private static void character(ByteText to, byte c) {
    // a carriage return is the first half of a line end
    if (c != '\r') {
      to.appendCodePoint(c);
    }
  }

  /** Reads what follows a {@code &}. */
  private void reference(ByteText to) throws IOException {
    int length = 0;
    int c = window.peek();
    while (length < LONGEST_REFERENCE && (c == '#' || c < 128 && Character.isLetterOrDigit(c))) {
      reference[length++] = (byte) window.take();
      c = window.peek();
    }
    String entity = Utf8.text(reference, 0, length);
    int code = c == ';' ? resolved(entity) : -1;
    if (code >= 0) {
      window.take();
      to.appendCodePoint(code);
      return;
    }
    window.mark();
    if (c != ';') {
      flaw(Kind.UNCLEAN, "has an '&' that begins no reference; it should be written as &amp;");
    }
    to.append('&');
    to.append(reference, 0, length);
  }

  private static int resolved(String entity) {
    return switch (entity) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> entity.startsWith("#") ? number(entity) : -1;
    };
  }

  private static int number(String entity) {
    try {
      boolean hex = entity.startsWith("#x") || entity.startsWith("#X");
      return Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
    } catch (NumberFormatException notNumeric) {
      return -1;
    }
  }

  // ---- markup

  /** What follows a {@code <}. */
  private @Nullable Token markup() throws IOException {
    int c = window.peek();
    if (c == '/') {
      window.take();
      return endTag();
    }
    if (c == '?') {
      skip('?', 1, "a processing instruction", null);
      return null;
    }
    if (c == '!') {
      window.take();
      declaration();
      return null;
    }
    if (c >= 0 && (c == ':' || c == '_' || c >= 0x80 || Character.isLetter(c))) {
      return startTag();
    }
    if (c < 0) {
      cut("a tag");
      return null;
    }
    flaw(Kind.UNCLEAN, "has a '<' in a text, which should be written as &lt;");
    if (listener != null) {
      listener.append('<');
    }
    return null;
  }

  private void cut(String what) {
    flaw(Kind.TRUNCATED, "ends inside " + what);
    done = true;
  }

  private void flaw(Kind kind, String message) {
    if (flaws.size() < MOST_FLAWS || kind == Kind.TRUNCATED) {
      flaws.add(window.flaw(kind, message));
    }
  }

  /**
   * Passes everything up to a {@code >} after so many of one byte: the end of a comment, of an
   * instruction, of a CDATA section.
   */
  private void skip(char before, int times, String what, @Nullable ByteText to) throws IOException {
    int seen = 0;
    while (window.at < window.end || window.more()) {
      int at = window.at;
      if (seen == 0) {
        int found = Search.find(window.bytes, at, window.end, (byte) before);
        gather(to, at, found);
        window.at = found;
        if (found < window.end) {
          window.at++;
          seen = 1;
        }
      } else if (window.bytes[at] == before) {
        window.at++;
        if (seen < times) {
          seen++;
        } else if (to != null) {
          to.append(before);
        }
      } else if (window.bytes[at] == '>' && seen >= times) {
        window.at++;
        return;
      } else if (before == ']' && seen >= times && endTagFollows()) {
        window.mark();
        flaw(Kind.MALFORMED, "has a CDATA section that ends with ]] instead of ]]>");
        return;
      } else {
        for (; seen > 0; seen--) {
          if (to != null) {
            to.append(before);
          }
        }
      }
    }
    cut(what);
  }

  /**
   * Whether nothing but blanks stands before the end tag of the element that is open. Looks no
   * further than the window reaches, which is enough for what is only a guess.
   */
  private boolean endTagFollows() {
    int at = window.at;
    while (at < window.end && window.bytes[at] >= 0 && window.bytes[at] <= ' ') {
      at++;
    }
    String tag = depth == 0 ? "" : "</" + open[depth - 1] + ">";
    if (tag.isEmpty() || window.end - at < tag.length()) {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      if (window.bytes[at + i] != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void gather(@Nullable ByteText to, int start, int end) {
    if (to == null || to.full()) {
      return;
    }
    int from = start;
    for (int i = start; i < end; i++) {
      byte c = window.bytes[i];
      if (c >= 0 && c < ' ' && c != '\n' && c != '\t') {
        to.append(window.bytes, from, i - from);
        character(to, c);
        from = i + 1;
      }
    }
    to.append(window.bytes, from, end - from);
  }

  /** What follows a {@code <!}. */
  private void declaration() throws IOException {
    int c = window.peek();
    if (c == '-') {
      window.take();
      if (window.peek() == '-') {
        window.take();
        skip('-', 2, "a comment", null);
        return;
      }
    } else if (c == '[') {
      if (section()) {
        skip(']', 2, "a CDATA section", listener);
        return;
      }
    } else if (c >= 0) {
      documentType(window.take());
      return;
    }
    if (window.peek() < 0) {
      cut("a declaration");
    } else {
      flaw(Kind.MALFORMED, "has a declaration that is none of XML");
    }
  }

  private boolean section() throws IOException {
    String begin = "[CDATA[";
    for (int i = 0; i < begin.length(); i++) {
      if (window.peek() != begin.charAt(i)) {
        return false;
      }
      window.take();
    }
    return true;
  }

  private void documentType(int first) throws IOException {
    sawDocumentType = true;
    int subset = 0;
    int quote = 0;
    int c = first;
    while (c >= 0) {
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        subset++;
      } else if (c == ']') {
        subset--;
      } else if (c == '<') {
        inSubset();
      } else if (c == '>' && subset <= 0) {
        return;
      }
      c = done ? -1 : window.take();
    }
    if (!done) {
      cut("a document type");
    }
  }

  private void inSubset() throws IOException {
    if (window.peek() == '?') {
      skip('?', 1, "a processing instruction", null);
    } else if (window.peek() == '!') {
      window.take();
      if (window.peek() == '-') {
        skip('-', 2, "a comment", null);
      } else if (window.take() == 'E') {
        sawEntities |= window.peek() == 'N';
      }
    }
  }

  // ---- tags

  /** Reads a name; the result is its local part, empty where there is none. */
  private String readName() throws IOException {
    int length = 0;
    int hash = 0;
    while (window.at < window.end || window.more()) {
      byte c = window.bytes[window.at];
      if (!NAME[c & 0xFF]) {
        break;
      }
      window.at++;
      if (c == ':') {
        length = 0;
        hash = 0;
      } else if (length < LONGEST_NAME) {
        nameBytes[length++] = c;
        hash = hash * 31 + c;
      }
    }
    return names.name(nameBytes, 0, length, hash);
  }

  private int skipSpace() throws IOException {
    int c = window.peek();
    while (c >= 0 && c <= ' ') {
      window.at++;
      c = window.peek();
    }
    return c;
  }

  private @Nullable Token endTag() throws IOException {
    String ending = readName();
    int c = skipSpace();
    if (c < 0) {
      cut("a tag");
      return null;
    }
    if (c == '>') {
      window.take();
    } else {
      flaw(Kind.MALFORMED, "has a tag </" + ending + " that does not end");
    }
    int at = depth - 1;
    while (at >= 0 && !open[at].equals(ending)) {
      at--;
    }
    if (at < 0) {
      flaw(Kind.MALFORMED, "ends <" + ending + ">, which is not open");
      return null;
    }
    if (at < depth - 1) {
      flaw(Kind.MALFORMED, "ends <" + ending + "> inside <" + open[depth - 1] + ">");
    }
    closing = depth - 1 - at;
    return ended();
  }

  private @Nullable Token startTag() throws IOException {
    String element = readName();
    int c = skipSpace();
    while (c >= 0 && c != '>') {
      if (c == '<') {
        flaw(Kind.MALFORMED, "has a '<' inside the tag <" + element + ">");
        break;
      }
      if (NAME[c]) {
        empty = false;
        readAttribute();
      } else {
        window.take();
        empty = c == '/';
        if (c != '/') {
          flaw(
              Kind.MALFORMED, "has a '" + (char) c + "' out of place in the tag <" + element + ">");
        }
      }
      c = done ? -1 : skipSpace();
    }
    if (c < 0) {
      empty = false;
      if (!done) {
        cut("a tag");
      }
      return null;
    }
    if (c == '>') {
      window.take();
    }
    if (depth == DEEPEST) {
      flaw(Kind.MALFORMED, "has elements nested more than " + DEEPEST + " deep");
      empty = false;
      done = true;
      return null;
    }
    sawElement = true;
    open[depth++] = element;
    name = element;
    return Token.START;
  }

  private void readAttribute() throws IOException {
    String attribute = readName();
    ByteText value = attributes < MOST_ATTRIBUTES ? slot(attribute) : null;
    int c = skipSpace();
    if (c < 0) {
      return; // the tag is cut, which its reader notes
    }
    if (c != '=') {
      flaw(Kind.MALFORMED, "has an attribute '" + attribute + "' without a value");
      return;
    }
    window.take();
    c = skipSpace();
    if (c == '"' || c == '\'') {
      window.take();
      quoted(c, value);
    } else {
      flaw(Kind.MALFORMED, "has an attribute '" + attribute + "' without quotes");
      while (c > ' ' && c != '>') {
        if (value != null) {
          value.append(c);
        }
        window.take();
        c = window.peek();
      }
    }
  }

  private ByteText slot(String attribute) {
    ByteText value = values[attributes];
    if (value == null) {
      value = new ByteText(LONGEST_VALUE);
      values[attributes] = value;
    }
    value.clear();
    attributeNames[attributes++] = attribute;
    return value;
  }

  private void quoted(int quote, @Nullable ByteText value) throws IOException {
    ByteText to = value == null ? ignored : value;
    while (window.at < window.end || window.more()) {
      byte[] bytes = window.bytes;
      int start = window.at;
      int i = start;
      while (i < window.end && PLAIN[bytes[i] & 0xFF]) {
        i++;
      }
      to.append(bytes, start, i - start);
      window.at = i;
      if (i < window.end) {
        byte c = bytes[i];
        window.at++;
        if (c == quote) {
          return;
        }
        if (c == '&') {
          reference(to);
        } else if (c == '\n') {
          to.append(' '); // section 3.3.3 of XML 1.0
        } else {
          character(to, c);
        }
      }
    }
    cut("the value of an attribute");
  }
}
