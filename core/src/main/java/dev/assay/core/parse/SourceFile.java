package dev.assay.core.parse;

import dev.assay.api.problem.IoReason;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The text of a workspace file, with its lines at hand for problems. Immutable.
 *
 * @param name the file as the user named it
 * @param text its whole text, without a byte order mark
 * @param lines its lines without their ends
 */
record SourceFile(String name, String text, List<String> lines) {

  static final int LARGEST = 1 << 20;

  /** Reads a file, strictly as UTF-8 and at most 1 MiB. */
  static SourceFile read(Path file) {
    String name = file.toString();
    byte[] bytes;
    try {
      if (Files.isDirectory(file)) {
        throw PlanProblems.MISSING_FILE.failure(
            Where.named(name), "'" + name + "' is a folder", "name the file inside it");
      }
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
    } catch (NoSuchFileException missing) {
      throw PlanProblems.MISSING_FILE.failure(
          Where.named(name),
          "there is no file '" + name + "'",
          "name an existing workspace file, or write a first one with `assay init`");
    } catch (AccessDeniedException denied) {
      throw PlanProblems.MISSING_FILE.failure(
          Where.named(name), "'" + name + "' may not be read by this user", "allow reading it");
    } catch (IOException broken) {
      throw PlanProblems.MISSING_FILE.failure(
          Where.named(name),
          "'" + name + "' cannot be read: " + IoReason.of(broken),
          "name a readable file");
    }
    if (bytes.length > LARGEST) {
      throw PlanProblems.TOO_LARGE.failure(
          Where.named(name),
          "'" + name + "' is larger than 1 MiB",
          "name the workspace file, and keep data in files of its own");
    }
    return decode(name, bytes);
  }

  /** A file from its bytes. */
  static SourceFile decode(String name, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    String text = out.toString();
    if (result.isError()) {
      throw notUtf8(name, text, bytes[in.position()] & 0xff);
    }
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    return new SourceFile(name, text, List.of(text.split("\r\n|\r|\n", -1)));
  }

  private static ProblemException notUtf8(String name, String before, int value) {
    List<String> lines = List.of(before.split("\r\n|\r|\n", -1));
    String last = lines.getLast();
    Place place = new Place(name, lines.size(), last.codePointCount(0, last.length()) + 1, last);
    return PlanProblems.NOT_UTF8.failure(
        place,
        String.format("the byte 0x%02x is not UTF-8", value),
        "save the file as UTF-8, for example with `iconv -f ISO-8859-1 -t UTF-8`");
  }

  /** A place; line and column from 0. */
  Place place(int line, int column) {
    String source = line < lines.size() ? lines.get(line) : "";
    return new Place(name, line + 1, column + 1, source);
  }
}
