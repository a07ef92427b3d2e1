package dev.assay.core.run;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Where;
import dev.assay.api.spi.UndoJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The undo journal as a file of lines, each forced to the disk before what it speaks of is done. A
 * line that was being written when the machine stopped is the last one and is ignored: what it
 * speaks of was never done.
 */
public final class FileUndoJournal implements UndoJournal, AutoCloseable {

  private final Path file;
  private final String prefix;
  private final FileChannel channel;
  private int next = 1;

  private FileUndoJournal(Path file, String prefix, FileChannel channel) {
    this.file = file;
    this.prefix = prefix;
    this.channel = channel;
  }

  /**
   * Opens the journal of a workspace for one run.
   *
   * @param folder the folder .assay
   * @param run the run's id, which begins the id of every entry
   */
  public static FileUndoJournal open(Path folder, String run) {
    Path file = file(folder);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return new FileUndoJournal(file, run, channel);
    } catch (IOException broken) {
      throw notWritable(file, broken);
    }
  }

  static Path file(Path folder) {
    return folder.resolve("undo.journal");
  }

  private static dev.assay.api.problem.ProblemException notWritable(Path file, IOException broken) {
    return RunProblems.NOT_WRITABLE.failure(
        Where.named(file.toString()),
        "the undo journal cannot be written: " + broken.getMessage(),
        "make the folder writable and leave room on its disk");
  }

  @Override
  public synchronized Entry before(String kind, Map<String, String> details) {
    String id = prefix + "-" + next++;
    write(
        Json.object()
            .put("id", id)
            .put("state", "before")
            .put("kind", kind)
            .put("details", Json.texts(details))
            .build());
    return new JournalEntry(id);
  }

  private synchronized void write(Json line) {
    try {
      channel.write(
          ByteBuffer.wrap((JsonWriter.canonical(line) + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(false);
    } catch (IOException broken) {
      throw notWritable(file, broken);
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // every line was forced when it was written
    }
  }

  private final class JournalEntry implements Entry {
    private final String id;

    JournalEntry(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void done() {
      write(Json.object().put("id", id).put("state", "done").build());
    }
  }

  /**
   * What a journal still has to have undone.
   *
   * @param id the entry's identity
   * @param kind what kind of undoing
   * @param details what that kind needs
   */
  record Open(String id, String kind, Map<String, String> details) {}

  /**
   * What a journal says: the open entries, the newest first, and the lines that could not be read.
   */
  record Content(List<Open> open, List<Integer> unreadable) {}

  static Content read(Path folder) throws IOException {
    Path file = file(folder);
    if (!Files.exists(file)) {
      return new Content(List.of(), List.of());
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    String[] lines = text.split("\n", -1);
    Map<String, Open> open = new LinkedHashMap<>();
    List<Integer> unreadable = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isBlank()) {
        continue;
      }
      try {
        Json.Obj line = JsonReader.read(lines[i]).asObject();
        if (line.text("state").equals("done")) {
          open.remove(line.text("id"));
        } else {
          open.put(line.text("id"), open(line));
        }
      } catch (JsonException broken) {
        boolean beingWritten = i == lines.length - 1;
        if (!beingWritten) {
          unreadable.add(i + 1);
        }
      }
    }
    return new Content(new ArrayList<>(open.values()).reversed(), unreadable);
  }

  private static Open open(Json.Obj line) {
    Map<String, String> details = new LinkedHashMap<>();
    line.object("details").members().forEach((name, value) -> details.put(name, value.asText()));
    return new Open(line.text("id"), line.text("kind"), details);
  }
}
