package dev.assay.network.toxiproxy;

import dev.assay.api.json.JsonException;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.network.toxiproxy.ProxyCollection.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The text of a populate file, which can say where an entry of it stands. Immutable. */
final class PopulateFile {

  private static final String SHAPE =
      "write a JSON array of { \"name\": …, \"listen\": …, \"upstream\": … }";
  private static final int SHOWN = 500;

  private final String name;
  private final String text;
  private final List<Integer> entries;

  /**
   * A file.
   *
   * @param name as the user named it
   */
  PopulateFile(String name, String text) {
    this.name = name;
    this.text = text;
    this.entries = entries(text);
  }

  /**
   * Looks whether proxies could be made of it, without making any.
   *
   * @throws ProblemException that is at the place of what is wrong
   */
  void check() {
    List<RequestBody> bodies;
    try {
      bodies = RequestBody.readAll(text);
    } catch (ApiFailure failure) {
      int offset = failure.getCause() instanceof JsonException no ? Math.max(0, no.offset()) : 0;
      throw problem(place(offset), failure.title());
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < bodies.size(); i++) {
      try {
        Wanted wanted = Wanted.read(bodies.get(i), "");
        if (!names.add(wanted.name())) {
          throw ApiFailure.badBody("duplicate proxy name '" + wanted.name() + "'");
        }
      } catch (ApiFailure failure) {
        throw problem(entry(i), failure.title());
      }
    }
  }

  /** That the proxy of an entry, from 0, cannot be made. */
  ProblemException cannotBe(int entry, String why) {
    return ToxiproxyProblems.CONFIG.failure(
        entry(entry), why, "give it an address that is free, and a server to lead to");
  }

  private static ProblemException problem(Place place, String why) {
    return ToxiproxyProblems.CONFIG.failure(
        place, why.replaceFirst("^bad request body: ", ""), SHAPE);
  }

  private Place entry(int index) {
    return place(index < entries.size() ? entries.get(index) : 0);
  }

  private Place place(int offset) {
    int at = Math.min(offset, text.length());
    int start = text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', at);
    int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    String source = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
    int column = text.codePointCount(start, at) + 1;
    return new Place(
        name, line, column, source.length() > SHOWN ? source.substring(0, SHOWN) : source);
  }

  /** Where each value of the outermost array begins. */
  private static List<Integer> entries(String text) {
    List<Integer> begins = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    boolean due = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else {
          quoted = c != '"';
        }
        continue;
      }
      if (due && !Character.isWhitespace(c)) {
        begins.add(i);
        due = false;
      }
      switch (c) {
        case '"' -> quoted = true;
        case '[', '{' -> {
          depth++;
          due = depth == 1;
        }
        case ']', '}' -> depth--;
        case ',' -> due = depth == 1;
        default -> {}
      }
    }
    return begins;
  }
}
