package dev.assay.suite.bisect;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bisection has found out, a line each, on the disk before the next run begins. A line that
 * a crash cut is passed over. Not thread-safe.
 */
public final class Notes {

  /**
   * One run of the test.
   *
   * @param commit the hash
   * @param result what became of it
   * @param millis how long it took
   */
  public record Note(String commit, Result result, long millis) {}

  /** Null where nothing is kept. */
  private final @Nullable Path file;

  private final List<Note> notes = new ArrayList<>();

  private Notes(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Opens the notes of a search.
   *
   * @param folder where notes are kept
   * @param search what tells this search from others: test, command, and whatever else changes its
   *     results
   * @param fresh whether to begin anew
   */
  public static Notes open(Path folder, List<String> search, boolean fresh) {
    String name = EvidenceCodec.sha256(String.join("\n", search)).substring(0, 16);
    Path file = folder.resolve(name + ".jsonl");
    Notes notes = new Notes(file);
    try {
      Files.createDirectories(folder);
      if (fresh) {
        Files.deleteIfExists(file);
      }
      if (Files.exists(file)) {
        for (String line : Files.readString(file).split("\n")) {
          notes.read(line);
        }
      }
      return notes;
    } catch (IOException broken) {
      throw unusable(file, broken);
    }
  }

  private void read(String line) {
    try {
      Json.Obj note = JsonReader.read(line).asObject();
      notes.add(
          new Note(note.text("commit"), Result.valueOf(note.text("result")), note.whole("millis")));
    } catch (JsonException | IllegalArgumentException cut) {
      return; // by a crash
    }
  }

  /** Notes that no later search can use. */
  static Notes forgotten() {
    return new Notes(null);
  }

  /** All of them, the oldest first. */
  public List<Note> all() {
    return List.copyOf(notes);
  }

  /** Adds one, durably. */
  void add(Note note) {
    Path kept = file;
    if (kept == null) {
      notes.add(note);
      return;
    }
    String line =
        "\n"
            + JsonWriter.canonical(
                Json.object()
                    .put("commit", note.commit())
                    .put("result", note.result().name())
                    .put("millis", note.millis())
                    .build());
    try (FileChannel channel =
        FileChannel.open(kept, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      notes.add(note);
    } catch (IOException broken) {
      throw unusable(kept, broken);
    }
  }

  private static ProblemException unusable(Path file, IOException broken) {
    return BisectProblems.NOTES.failure(
        Where.named(file.toString()),
        "the notes cannot be read or written: " + broken.getMessage(),
        "make room, or make the folder writable");
  }
}
