package dev.assay.api.ledger;

import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;

/**
 * An entry with its canonical bytes, so that who receives an entry over the wire and keeps it need
 * not write it again. Immutable; nobody may change the bytes.
 */
public final class EncodedEntry {

  private final LedgerEntry entry;
  private final byte[] bytes;

  private EncodedEntry(LedgerEntry entry, byte[] bytes) {
    this.entry = entry;
    this.bytes = bytes;
  }

  /** Encodes. */
  public static EncodedEntry of(LedgerEntry entry) {
    return new EncodedEntry(entry, JsonWriter.canonicalBytes(LedgerCodec.encode(entry)));
  }

  /**
   * Reads an entry. Bytes in canonical form are kept as they are, also with members that this
   * version does not know; all others are written anew.
   *
   * @param bytes JSON in UTF-8, which nobody changes from now on
   * @throws JsonException if it is not an entry of a version known here
   */
  public static EncodedEntry read(byte[] bytes) {
    JsonReader.Read read = JsonReader.read(bytes);
    LedgerEntry entry = LedgerCodec.decode(read.value());
    return read.canonical() ? new EncodedEntry(entry, bytes) : of(entry);
  }

  /** The entry. */
  public LedgerEntry entry() {
    return entry;
  }

  /** Its canonical bytes; not a copy. */
  public byte[] bytes() {
    return bytes;
  }
}
