package dev.assay.load.grpc;

import dev.assay.api.problem.Nearest;
import dev.assay.api.problem.ProblemException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The words of a file with a finger on the next one. */
final class ProtoTokens {

  private final List<ProtoToken> tokens;
  private final String text;
  private int at;

  /** Starts at the first of those words, which come from that text. */
  ProtoTokens(List<ProtoToken> tokens, String text) {
    this.tokens = tokens;
    this.text = text;
  }

  ProtoToken peek() {
    return ahead(0);
  }

  /** The word so many behind the next; the last one where there are not so many. */
  ProtoToken ahead(int many) {
    return tokens.get(Math.min(at + many, tokens.size() - 1));
  }

  ProtoToken next() {
    ProtoToken token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean at(String word) {
    return peek().is(word);
  }

  boolean atEnd() {
    return peek().kind() == ProtoToken.Kind.END;
  }

  int position() {
    return at;
  }

  boolean accept(String word) {
    if (!at(word)) {
      return false;
    }
    next();
    return true;
  }

  void expect(String word) {
    if (!accept(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  /** Refuses the end of the file where something is still open. */
  void notAtEnd(String closing) {
    if (atEnd()) {
      throw GrpcProblems.SYNTAX.failure(
          peek().place(), "the file ends within a block", "close it with '" + closing + "'");
    }
  }

  /** A problem: not what was wanted. */
  ProblemException unexpected(String wanted) {
    ProtoToken token = peek();
    return GrpcProblems.SYNTAX.failure(
        token.place(),
        token.said() + " stands where " + wanted + " is expected",
        "write " + wanted + " there");
  }

  /** The same where one of some words was wanted. */
  ProblemException unexpected(String wanted, List<String> words) {
    ProtoToken token = peek();
    return GrpcProblems.SYNTAX.failure(
        token.place(),
        token.said() + " stands where " + wanted + " is expected",
        token.kind() == ProtoToken.Kind.NAME
            ? Nearest.mend(token.text(), words)
            : "write " + wanted + " there");
  }

  /** A name without dots. */
  ProtoToken name(String what) {
    if (peek().kind() != ProtoToken.Kind.NAME) {
      throw unexpected(what);
    }
    return next();
  }

  /** A name that may have dots. */
  String path() {
    StringBuilder path = new StringBuilder(name("a name").text());
    while (accept(".")) {
      path.append('.').append(name("a name").text());
    }
    return path.toString();
  }

  /** A name that may have dots, also before it. */
  String typeName() {
    return accept(".") ? "." + path() : path();
  }

  /** A quoted text in one or more pieces. */
  String string(String what) {
    String raw = rawString(what);
    return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** The same, one char for each byte. */
  String rawString(String what) {
    if (peek().kind() != ProtoToken.Kind.STRING) {
      throw unexpected(what + " in quotes");
    }
    StringBuilder raw = new StringBuilder();
    while (peek().kind() == ProtoToken.Kind.STRING) {
      raw.append(next().text());
    }
    return raw.toString();
  }

  /** A whole number with an optional minus, within a range. */
  int whole(String what, long least, long most) {
    ProtoToken first = peek();
    BigInteger value = number(what);
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw GrpcProblems.DEFINITION.failure(
          first.place(), what + " is " + value, "use a number from " + least + " to " + most);
    }
    return value.intValue();
  }

  /** A whole number in any base, with an optional minus. */
  BigInteger number(String what) {
    boolean minus = accept("-");
    if (peek().kind() != ProtoToken.Kind.WHOLE) {
      throw unexpected(what);
    }
    ProtoToken token = peek();
    String digits = token.text().toLowerCase(Locale.ROOT);
    try {
      BigInteger value =
          digits.startsWith("0x")
              ? new BigInteger(digits.substring(2), 16)
              : new BigInteger(digits, digits.startsWith("0") ? 8 : 10);
      next();
      return minus ? value.negate() : value;
    } catch (NumberFormatException broken) {
      throw unexpected(what);
    }
  }

  /** Passes over a value of an option. */
  void skipValue() {
    if (at("{") || at("<")) {
      block();
    } else if (peek().kind() == ProtoToken.Kind.STRING) {
      rawString("a text");
    } else {
      if (!accept("-")) {
        accept("+");
      }
      if (peek().kind() == ProtoToken.Kind.SYMBOL || atEnd()) {
        throw unexpected("a value");
      }
      next();
    }
  }

  /** The text between the brackets of a block. */
  String block() {
    int start = peek().end();
    int depth = 0;
    while (!atEnd()) {
      ProtoToken token = next();
      if (token.is("{") || token.is("<") || token.is("[")) {
        depth++;
      } else if (token.is("}") || token.is(">") || token.is("]")) {
        depth--;
        if (depth == 0) {
          return text.substring(start, token.start());
        }
      }
    }
    throw unexpected("'}'");
  }

  /** Goes behind the statement that began there, so that the next one can be read. */
  void skipStatement(int start) {
    at = start;
    int depth = 0;
    while (!atEnd()) {
      if (at("}") && depth == 0 && at > start) {
        return;
      }
      ProtoToken token = next();
      if (token.is("{")) {
        depth++;
      } else if (token.is("}")) {
        depth--;
        if (depth <= 0) {
          return;
        }
      } else if (token.is(";") && depth == 0) {
        return;
      }
    }
  }

  /** Gives up the rest. */
  void skipToEnd() {
    at = tokens.size() - 1;
  }
}
