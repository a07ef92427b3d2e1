package dev.assay.cli;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A door for programs: one JSON object a line comes in, one a line goes out, in the same order, by
 * one process that stays. Each answer is written and flushed before the next line is read, so
 * whoever asks may wait for it. What was asked as {@code id} is in the answer. A line that is wrong
 * is answered by {@code {"error": …, "line": N}}, and the door stays open; it closes at the end of
 * the input. Empty lines are passed over. Not thread-safe.
 */
final class JsonLinesDoor {

  /** Answers one line. */
  @FunctionalInterface
  interface Answer {
    /**
     * The members of the answer, without {@code id}.
     *
     * @throws JsonException where the question has the wrong shape: says what and how to mend it
     * @throws IllegalArgumentException likewise
     */
    Json.Obj to(Json.Obj question);
  }

  /** A longer line is refused, as it has to be held whole. */
  static final int LONGEST = 64 << 20;

  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final PrintStream out;
  private final Answer answer;
  private final int longest;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int end;
  private long line;

  JsonLinesDoor(InputStream in, PrintStream out, Answer answer) {
    this(in, out, answer, LONGEST);
  }

  JsonLinesDoor(InputStream in, PrintStream out, Answer answer, int longest) {
    this.in = in;
    this.out = out;
    this.answer = answer;
    this.longest = longest;
  }

  /** Answers line by line until there are no more, or nobody listens any longer. */
  void serve() throws IOException {
    while (!out.checkError() && more()) {
      line++;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!readLine(bytes)) {
        write(error("the line is longer than " + longest + " bytes; ask in several lines", null));
        continue;
      }
      String text = bytes.toString(StandardCharsets.UTF_8);
      if (!text.isBlank()) {
        write(answered(text));
      }
    }
  }

  private boolean more() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(chunk, 0, chunk.length));
    }
    return at < end;
  }

  /** Reads to the end of the line; false where it was too long, and then it is passed over. */
  private boolean readLine(ByteArrayOutputStream bytes) throws IOException {
    boolean fits = true;
    while (more()) {
      int stop = at;
      while (stop < end && chunk[stop] != '\n') {
        stop++;
      }
      fits &= bytes.size() + (stop - at) <= longest;
      if (fits) {
        bytes.write(chunk, at, stop - at);
      }
      boolean ended = stop < end;
      at = ended ? stop + 1 : stop;
      if (ended) {
        break;
      }
    }
    return fits;
  }

  private Json.Obj answered(String text) {
    Json id = null;
    try {
      if (!(JsonReader.read(text) instanceof Json.Obj question)) {
        return error("a line is one JSON object, such as {\"id\": 1, …}", null);
      }
      id = question.members().get("id");
      Json.Builder builder = Json.object();
      if (id != null) {
        builder.put("id", id);
      }
      answer.to(question).members().forEach(builder::put);
      return builder.build();
    } catch (JsonException | IllegalArgumentException wrong) {
      return error(String.valueOf(wrong.getMessage()), id);
    } catch (RuntimeException unforeseen) {
      return error("it failed unforeseen, which is a defect of Assay: " + unforeseen, id);
    }
  }

  private Json.Obj error(String message, @Nullable Json id) {
    Json.Builder builder = Json.object().put("error", message).put("line", line);
    if (id != null) {
      builder.put("id", id);
    }
    return builder.build();
  }

  private void write(Json.Obj answered) {
    byte[] bytes = (JsonWriter.canonical(answered) + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
