package dev.assay.core.run;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of the undo journal: one line of JSON for each entry, which ends with its state.
 * Striking an entry out and renewing its lease overwrite bytes in place: neither needs room, so
 * both work on a full disk. A line that was being written when the machine stopped has no end and
 * is ignored: what it speaks of was never done.
 *
 * <p>Only the holder of the workspace's lock appends; the watchdog may strike out beside it.
 */
final class JournalFile implements AutoCloseable {

  /** Both states are six bytes. */
  private static final String OPEN = "before";

  private static final String UNDONE = "undone";

  private static final String STATE = "\"state\":\"";
  private static final String LEASE = "\"lease\":\"";

  /** Milliseconds since 1970 have 13 digits from 2001 to 2286. */
  private static final String LEASE_FORM = "%013d";

  private final Path path;
  private final RandomAccessFile file;
  private long end;

  private JournalFile(Path path, RandomAccessFile file, long end) {
    this.path = path;
    this.file = file;
    this.end = end;
  }

  static Path in(Path folder) {
    return folder.resolve("undo.journal");
  }

  /** Opens the journal in a folder for appending; creates both where they are missing. */
  static JournalFile open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path path = in(folder);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      return new JournalFile(path, file, file.length());
    } catch (IOException broken) {
      file.close();
      throw broken;
    }
  }

  /** Where the parts of a line are that change. */
  record Line(long lease, long state) {}

  /**
   * Appends an entry and waits until it is on the disk. Leaves nothing of it where there is no
   * room.
   */
  Line append(String id, String kind, Map<String, String> details, @Nullable Long lease)
      throws IOException {
    Json.Builder line =
        Json.object().put("id", id).put("kind", kind).put("details", Json.texts(details));
    if (lease != null) {
      line.put("lease", LEASE_FORM.formatted(lease));
    }
    String text = JsonWriter.canonical(line.put("state", OPEN).build());
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    long start = end;
    try {
      file.seek(start);
      file.write(bytes);
      file.getFD().sync();
    } catch (IOException noRoom) {
      forget(start);
      throw noRoom;
    }
    end = start + bytes.length;
    return line(text, start, bytes.length);
  }

  /** A part of a line must not become the beginning of the next one. */
  private void forget(long start) throws IOException {
    file.setLength(start);
  }

  /** What changes stands at the end of a line, in ASCII, so that its place counts from there. */
  private static Line line(String text, long start, int length) {
    long after = start + length - 1; // without the end of the line
    long state = after - (text.length() - text.lastIndexOf(STATE) - STATE.length());
    int lease = text.lastIndexOf(LEASE);
    return new Line(lease < 0 ? -1 : after - (text.length() - lease - LEASE.length()), state);
  }

  void strikeOut(Line line) throws IOException {
    overwrite(line.state(), UNDONE);
    file.getFD().sync();
  }

  void renew(Line line, long lease) throws IOException {
    overwrite(line.lease(), LEASE_FORM.formatted(lease));
  }

  /** Whether somebody, such as the watchdog, has struck it out. */
  boolean struckOut(Line line) throws IOException {
    byte[] state = new byte[UNDONE.length()];
    file.seek(line.state());
    file.readFully(state);
    return UNDONE.equals(new String(state, StandardCharsets.US_ASCII));
  }

  private void overwrite(long at, String text) throws IOException {
    file.seek(at);
    file.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /**
   * An entry that still has to be undone.
   *
   * @param id its identity
   * @param kind what kind of undoing
   * @param details what that kind needs
   * @param lease until when it is left alone while its run lives, in milliseconds since 1970; null
   *     for as long as that
   * @param line where it stands
   */
  record Open(
      String id, String kind, Map<String, String> details, @Nullable Long lease, Line line) {}

  /**
   * What a journal says.
   *
   * @param open the open entries, the newest first
   * @param unreadable the numbers of the lines that could not be read
   */
  record Content(List<Open> open, List<Integer> unreadable) {}

  static Content read(Path folder) throws IOException {
    Path path = in(folder);
    if (!Files.exists(path)) {
      return new Content(List.of(), List.of());
    }
    byte[] bytes = Files.readAllBytes(path);
    List<Open> open = new ArrayList<>();
    List<Integer> unreadable = new ArrayList<>();
    int number = 0;
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        number++;
        String text = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
          try {
            Open entry = open(text, start, at - start + 1);
            if (entry != null) {
              open.add(entry);
            }
          } catch (JsonException | NumberFormatException broken) {
            unreadable.add(number);
          }
        }
        start = at + 1;
      }
    }
    return new Content(List.copyOf(open.reversed()), List.copyOf(unreadable));
  }

  private static @Nullable Open open(String text, long start, int length) {
    Json.Obj line = JsonReader.read(text).asObject();
    if (line.text("state").equals(UNDONE)) {
      return null;
    }
    Map<String, String> details = new LinkedHashMap<>();
    line.object("details").members().forEach((name, value) -> details.put(name, value.asText()));
    Json lease = line.members().get("lease");
    return new Open(
        line.text("id"),
        line.text("kind"),
        details,
        lease == null ? null : Long.valueOf(lease.asText()),
        line(text, start, length));
  }
}
