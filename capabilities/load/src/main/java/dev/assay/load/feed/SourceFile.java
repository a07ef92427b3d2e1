package dev.assay.load.feed;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file that records are read from, and the problems found in it. Not thread-safe. */
final class SourceFile {

  static final long LARGEST = 1_000_000_000;
  static final int MOST_ROWS = 100_000_000;
  static final int MOST_COLUMNS = 1_000;

  /** As many as help; a file with a wrong delimiter has one on each line. */
  private static final int MOST_PROBLEMS = 5;

  private static final int MOST_SHOWN = 200;

  private final Path path;
  private final String shown;
  private final Where where;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * A file.
   *
   * @param shown its name as the user wrote it
   * @param where the place that names it
   */
  SourceFile(Path path, String shown, Where where) {
    this.path = path;
    this.shown = shown;
    this.where = where;
  }

  /** Its bytes from the beginning. */
  InputStream open() {
    try {
      if (Files.isDirectory(path)) {
        throw FeedProblems.FILE.failure(where, "'" + shown + "' is a folder", "name a file in it");
      }
      long size = Files.size(path);
      if (size > LARGEST) {
        throw tooLarge("it has " + size + " bytes");
      }
      return Files.newInputStream(path);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  ProblemException unreadable(IOException behind) {
    boolean missing = behind instanceof NoSuchFileException;
    return new ProblemException(
        FeedProblems.FILE
            .at(
                where,
                missing
                    ? "there is no file '" + shown + "'"
                    : "'" + shown + "' cannot be read: " + IoReason.of(behind),
                missing
                    ? "put it into the workspace's folder, or correct its path"
                    : "let this user read it")
            .causedBy(behind));
  }

  ProblemException tooLarge(String why) {
    return FeedProblems.TOO_LARGE.failure(
        where,
        "'" + shown + "' is too large to be kept in memory: " + why,
        "use a part of it, or generate the values");
  }

  ProblemException empty(String what) {
    return FeedProblems.EMPTY.failure(where, "'" + shown + "' " + what, "add records to it");
  }

  Place at(long line, int column, String source) {
    String text = source.length() > MOST_SHOWN ? source.substring(0, MOST_SHOWN) : source;
    return new Place(shown, (int) Math.min(line, Integer.MAX_VALUE), column, text);
  }

  /** Remembers a problem; throws when there are enough to mend. */
  void add(Problem problem) {
    problems.add(problem);
    if (problems.size() == MOST_PROBLEMS) {
      check();
    }
  }

  /** Throws where a problem was found. */
  void check() {
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  /** Text that is UTF-8. */
  String text(byte[] bytes, int from, int to, long line) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException wrong) {
      throw encoding(line, "bytes that are not UTF-8");
    }
  }

  ProblemException encoding(long line, String what) {
    return FeedProblems.ENCODING.failure(
        at(line, 1, ""), "line " + line + " holds " + what, "save the file as UTF-8");
  }
}
