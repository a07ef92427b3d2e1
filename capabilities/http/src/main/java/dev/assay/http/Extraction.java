package dev.assay.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Where in an answer a saved value is found. Immutable. */
sealed interface Extraction {

  /** A value of the JSON body. */
  record ByPath(String path, JsonQuery query) implements Extraction {}

  /** A header's first value. */
  record ByHeader(String header) implements Extraction {}

  /** A match in the body's text. */
  record ByPattern(Pattern pattern) implements Extraction {}

  /**
   * Reads {@code $.id}, {@code header:etag} or {@code regex:token=(\w+)}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static Extraction parse(String source) {
    if (source.startsWith("$")) {
      return new ByPath(source, JsonQuery.compile(source));
    }
    if (source.startsWith("header:")) {
      String header = source.substring("header:".length()).strip();
      if (header.isEmpty()) {
        throw new IllegalArgumentException("'header:' names no header");
      }
      return new ByHeader(header);
    }
    if (source.startsWith("regex:")) {
      try {
        return new ByPattern(Pattern.compile(source.substring("regex:".length())));
      } catch (PatternSyntaxException broken) {
        throw new IllegalArgumentException(
            "'" + source + "' is not a regular expression: " + broken.getDescription(), broken);
      }
    }
    throw new IllegalArgumentException(
        "'" + source + "' is neither a JSON path ($.id) nor header:NAME nor regex:EXPRESSION");
  }

  /**
   * The value in an answer.
   *
   * @throws Absent with a sentence for people where there is none
   */
  default String from(Answer answer) throws Absent {
    return switch (this) {
      case ByHeader(String header) ->
          answer.header(header).stream()
              .findFirst()
              .orElseThrow(() -> new Absent("there is no header '" + header + "'"));
      case ByPattern(Pattern pattern) -> match(pattern, answer);
      case ByPath(String path, JsonQuery query) -> value(path, query, answer);
    };
  }

  private static String match(Pattern pattern, Answer answer) throws Absent {
    try {
      Optional<String> match = BoundedMatching.first(pattern, answer.text());
      return match.orElseThrow(
          () -> new Absent("the body has no match for '" + pattern.pattern() + "'"));
    } catch (BoundedMatching.GaveUp endless) {
      throw new Absent(String.valueOf(endless.getMessage()));
    }
  }

  private static String value(String path, JsonQuery query, Answer answer) throws Absent {
    try {
      List<@Nullable Object> found = query.find(answer.json());
      if (found.isEmpty() || found.getFirst() == null) {
        throw new Absent(found.isEmpty() ? "nothing is at " + path : path + " is null");
      }
      return JsonText.of(found.getFirst());
    } catch (StrictJson.NotJson broken) {
      throw new Absent(String.valueOf(broken.getMessage()));
    }
  }

  /** There is no such value. */
  final class Absent extends Exception {
    private static final long serialVersionUID = 1L;

    Absent(String why) {
      super(why, null, false, false);
    }
  }
}
