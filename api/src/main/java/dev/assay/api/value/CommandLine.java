package dev.assay.api.value;

import java.util.ArrayList;
import java.util.List;

/**
 * A program and its arguments, started without a shell. Immutable.
 *
 * @param words at least one, the first not empty
 */
public record CommandLine(List<Template> words) {

  /** Checks that there is a program. */
  public CommandLine {
    words = List.copyOf(words);
    if (words.isEmpty() || words.getFirst().source().isEmpty()) {
      throw new IllegalArgumentException("a command needs at least the name of a program");
    }
  }

  /**
   * Splits a line at white space, as a POSIX shell would without its expansions: single quotes keep
   * everything, double quotes keep white space, a backslash keeps the next character. The words are
   * templates: <code>${name}</code> is filled within quotes of either kind, too; write {@code $$}
   * for a dollar sign.
   *
   * @throws IllegalArgumentException with a sentence for people, if a quote is not closed or there
   *     is no word
   */
  public static CommandLine parse(String line) {
    List<Template> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(Template.parse(word.toString()));
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote " + quote + " is not closed in '" + line + "'");
    }
    if (inWord) {
      words.add(Template.parse(word.toString()));
    }
    return new CommandLine(words);
  }
}
