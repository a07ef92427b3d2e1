package dev.assay.server.api;

import dev.assay.api.json.JsonException;
import dev.assay.api.ledger.EncodedEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads entries that come as lines, in bounded portions. For one use. */
final class EntryLines {

  /** A ledger's longest entry, and its line's end. */
  private static final int LONGEST = (16 << 20) + 2;

  private static final int PORTION = 1_000;
  private static final int PORTION_BYTES = 4 << 20;
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ReadingTurns turns;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  /** How many lines came, and how many of them were read as entries. */
  private long came;

  private long line;

  EntryLines(InputStream in, ReadingTurns turns) {
    this.in = in;
    this.turns = turns;
  }

  /** The next entries; empty where there are no more. */
  List<EncodedEntry> next() throws IOException, BadEntryException {
    List<EncodedEntry> portion = List.of();
    List<byte[]> texts = texts();
    while (!texts.isEmpty()) {
      portion = entries(texts);
      texts = portion.isEmpty() ? texts() : List.of();
    }
    return portion;
  }

  private List<byte[]> texts() throws IOException, BadEntryException {
    List<byte[]> texts = new ArrayList<>();
    long bytes = 0;
    while (texts.size() < PORTION && bytes < PORTION_BYTES) {
      byte[] text = line();
      if (text == null) {
        break;
      }
      came++;
      bytes += text.length;
      texts.add(text);
    }
    return texts;
  }

  /** Whoever sends slowly has no turn meanwhile: all that is read here has come. */
  private List<EncodedEntry> entries(List<byte[]> texts) throws BadEntryException {
    List<EncodedEntry> portion = new ArrayList<>(texts.size());
    try (ReadingTurns.Turn _ = turns.take()) {
      for (byte[] text : texts) {
        line++;
        if (text.length > 0) {
          portion.add(entry(text));
        }
      }
    }
    return portion;
  }

  private EncodedEntry entry(byte[] text) throws BadEntryException {
    try {
      return EncodedEntry.read(text);
    } catch (JsonException | IllegalArgumentException wrong) {
      throw new BadEntryException("line " + line + ": " + wrong.getMessage());
    }
  }

  private byte @Nullable [] line() throws IOException, BadEntryException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          return text.size() == 0 ? null : text.toByteArray();
        }
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      if (at < end && text.size() == 0) {
        return Arrays.copyOfRange(buffer, from, at++);
      }
      text.write(buffer, from, at - from);
      if (text.size() > LONGEST) {
        throw new BadEntryException("line " + (came + 1) + " is longer than 16 MiB");
      }
      if (at < end) {
        at++;
        return text.toByteArray();
      }
    }
  }
}
