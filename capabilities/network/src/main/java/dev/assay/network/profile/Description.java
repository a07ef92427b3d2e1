package dev.assay.network.profile;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemType;
import java.util.List;
import java.util.function.Supplier;

/**
 * The text of a description, and how to say what is wrong in it. Immutable.
 *
 * @param file as the user named it
 * @param lines its lines
 */
record Description(String file, List<String> lines) {

  static Description of(String file, String text) {
    return new Description(file, text.lines().toList());
  }

  String text() {
    return String.join("\n", lines);
  }

  /** The file's name without folder and ending. */
  String stem() {
    String name = file.substring(file.replace('\\', '/').lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The place of a line, from 1. */
  Place place(int line) {
    String source = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    return new Place(file, line, 1, source.length() > 500 ? source.substring(0, 500) : source);
  }

  ProblemException problem(ProblemType type, int line, String what, String mend) {
    return type.failure(place(line), what, mend);
  }

  /** A value whose making may refuse what stands on a line. */
  <T> T value(int line, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException refused) {
      throw problem(
          ImportProblems.VALUE, line, String.valueOf(refused.getMessage()), "correct this value");
    }
  }
}
