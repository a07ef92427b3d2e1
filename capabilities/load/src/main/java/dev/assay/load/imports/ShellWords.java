package dev.assay.load.imports;

import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes command lines apart into words as bash does: quotes of the three kinds, escapes, line
 * continuations, comments, variables. A variable that the file itself sets is replaced by its
 * value, any other becomes the name {@code env.NAME}.
 */
final class ShellWords {

  /**
   * A word.
   *
   * @param text its text without quotes
   * @param offset where it begins
   */
  record Word(Template text, int offset) {

    /** Its text, variables as written in templates. */
    String plain() {
      return Texts.plain(text);
    }
  }

  private final Source source;
  private final String text;
  private final List<List<Word>> commands = new ArrayList<>();
  private final Map<String, Template> variables = new LinkedHashMap<>();
  private List<Word> command = new ArrayList<>();
  private @Nullable List<Template.Part> word;
  private int wordStart;
  private int at;

  /** Whether something was to be substituted by the output of a command, which is not run. */
  boolean substitutions;

  ShellWords(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /** The commands in order, each with at least one word. */
  List<List<Word>> commands() {
    while (at < text.length()) {
      step(text.charAt(at));
    }
    endCommand();
    return commands;
  }

  private void step(char c) {
    switch (c) {
      case ' ', '\t', '\r' -> {
        endWord();
        at++;
      }
      case '\n', ';', '|', '&' -> {
        endCommand();
        at++;
      }
      case '>', '<' -> redirection();
      case '\\' -> backslash();
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '$' -> dollar(false);
      case '`' -> substitution('`');
      case '#' -> {
        if (word == null) {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else {
          literal("#");
          at++;
        }
      }
      default -> {
        literal(String.valueOf(c));
        at++;
      }
    }
  }

  private void literal(String piece) {
    part(new Template.Literal(piece));
  }

  private void part(Template.Part part) {
    List<Template.Part> parts = word;
    if (parts == null) {
      parts = new ArrayList<>();
      word = parts;
      wordStart = at;
    }
    parts.add(part);
  }

  private void endWord() {
    List<Template.Part> parts = word;
    if (parts != null) {
      command.add(new Word(Texts.of(parts), wordStart));
      word = null;
    }
  }

  private void endCommand() {
    endWord();
    while (!command.isEmpty() && assigns(command.getFirst())) {
      command.removeFirst();
    }
    if (!command.isEmpty()) {
      commands.add(command);
      command = new ArrayList<>();
    }
  }

  private boolean assigns(Word first) {
    if (first.plain().equals("export")) {
      return true;
    }
    String source = first.text().source();
    int equals = source.indexOf('=');
    if (equals < 1 || !source.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return false;
    }
    variables.put(source.substring(0, equals), Template.parse(source.substring(equals + 1)));
    return true;
  }

  /** What goes to or comes from a file is not part of the request. */
  private void redirection() {
    List<Template.Part> parts = word;
    if (parts != null && Texts.plain(Texts.of(parts)).matches("[0-9]")) {
      word = null;
    }
    endWord();
    while (at < text.length() && "<>&".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    int words = command.size();
    while (at < text.length() && " \t\r\n;|&".indexOf(text.charAt(at)) < 0) {
      step(text.charAt(at));
    }
    endWord();
    while (command.size() > words) {
      command.removeLast();
    }
  }

  private void backslash() {
    if (text.startsWith("\\\r\n", at)) {
      at += 3;
    } else if (text.startsWith("\\\n", at)) {
      at += 2;
    } else if (at + 1 < text.length()) {
      int point = text.codePointAt(at + 1);
      literal(Character.toString(point));
      at += 1 + Character.charCount(point);
    } else {
      at++;
    }
  }

  private void singleQuoted() {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw notClosed("'");
    }
    literal(text.substring(at + 1, end));
    at = end + 1;
  }

  private dev.assay.api.problem.ProblemException notClosed(String quote) {
    return ImportProblems.SHELL.failure(
        source.place(at),
        "the quote " + quote + " that begins here is not closed",
        "close it, or copy the command again as cURL (bash)");
  }

  private void doubleQuoted() {
    int start = at;
    literal("");
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        char next = text.charAt(at + 1);
        if (next == '\n') {
          at += 2;
        } else {
          literal("$`\"\\".indexOf(next) >= 0 ? String.valueOf(next) : "\\" + next);
          at += 2;
        }
      } else if (c == '$') {
        dollar(true);
      } else if (c == '`') {
        substitution('`');
      } else {
        literal(String.valueOf(c));
        at++;
      }
    }
    if (at >= text.length()) {
      at = start;
      throw notClosed("\"");
    }
    at++;
  }

  private void dollar(boolean quoted) {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (next == '\'' && !quoted) {
      ansi();
    } else if (next == '"' && !quoted) {
      at++;
    } else if (next == '(') {
      substitution(')');
    } else if (next == '{') {
      int end = text.indexOf('}', at);
      String name = end < 0 ? "" : text.substring(at + 2, end);
      if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        variable(name);
        at = end + 1;
      } else {
        literal("$");
        at++;
      }
    } else if (Character.isLetter(next) && next < 128 || next == '_') {
      int end = at + 1;
      while (end < text.length()
          && text.charAt(end) < 128
          && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
        end++;
      }
      variable(text.substring(at + 1, end));
      at = end;
    } else {
      literal("$");
      at++;
    }
  }

  private void variable(String name) {
    Template value = variables.get(name);
    if (value == null) {
      part(new Template.Name("env." + name));
    } else {
      literal("");
      value.parts().forEach(this::part);
    }
  }

  /** The output of a command cannot be known; its text stays. */
  private void substitution(char closing) {
    substitutions = true;
    int end = text.indexOf(closing, at + 1);
    int stop = end < 0 ? text.length() : end + 1;
    literal(text.substring(at, stop));
    at = stop;
  }

  /** {@code $'…'}, in which a backslash means what it means in C. */
  private void ansi() {
    int start = at;
    literal("");
    at += 2;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\'') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        escape(out);
      } else {
        out.append(text.charAt(at++));
      }
    }
    if (at >= text.length()) {
      at = start;
      throw notClosed("$'");
    }
    at++;
    literal(out.toString());
  }

  private void escape(StringBuilder out) {
    char c = text.charAt(at + 1);
    at += 2;
    switch (c) {
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'v' -> out.append((char) 0x0b);
      case 'a' -> out.append((char) 0x07);
      case 'e', 'E' -> out.append((char) 0x1b);
      case 'x' -> code(out, 16, 2);
      case 'u' -> code(out, 16, 4);
      case 'U' -> code(out, 16, 8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        code(out, 8, 3);
      }
      case '\'', '"', '\\', '?' -> out.append(c);
      default -> out.append('\\').append(c);
    }
  }

  private void code(StringBuilder out, int radix, int most) {
    int end = at;
    while (end < text.length()
        && end - at < most
        && text.charAt(end) < 128
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    if (end > at) {
      long point = Long.parseLong(text.substring(at, end), radix);
      out.appendCodePoint(point <= Character.MAX_CODE_POINT ? (int) point : 0xfffd);
    }
    at = end;
  }
}
