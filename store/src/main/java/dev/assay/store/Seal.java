package dev.assay.store;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What {@code ledger.db} was, byte for byte, when it was last closed in order. The hash chain
 * covers every entry, but a database file has bytes that belong to no entry: free space, counters
 * in headers, the inner pages of indexes. The seal covers those. Written as canonical JSON that
 * ends with the SHA-256 of the rest, so that a change of the seal is found as well.
 *
 * @param schema the number of the last migration
 * @param sequence the last entry's number
 * @param head the last entry's hash, 64 hexadecimal digits
 * @param database the file's bytes
 */
record Seal(int schema, long sequence, String head, FileDigest database) {

  private static final String KIND = "ledger/1";

  /** Enough for a database of a terabyte. */
  private static final long LARGEST = 128L << 20;

  /** What stands where a seal may be. */
  sealed interface Found {

    /** Nothing: the ledger was never closed in order. */
    record Absent() implements Found {}

    /** A seal that is as it was written. */
    record Whole(Seal seal) implements Found {}

    /** Something else, and why. */
    record Damaged(String why) implements Found {}
  }

  static Found read(Path file) throws IOException {
    byte[] bytes;
    try {
      if (Files.size(file) > LARGEST) {
        return new Found.Damaged("it has " + Files.size(file) + " bytes");
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      return new Found.Absent();
    }
    try {
      Seal seal = decode(JsonReader.read(new String(bytes, StandardCharsets.UTF_8)).asObject());
      return Arrays.equals(seal.bytes(), bytes)
          ? new Found.Whole(seal)
          : new Found.Damaged("its bytes are not what was written");
    } catch (JsonException | ArithmeticException unreadable) {
      return new Found.Damaged("it cannot be read: " + unreadable.getMessage());
    }
  }

  void write(Path file) throws IOException {
    Durable.replace(file, bytes());
  }

  private byte[] bytes() {
    Json.Builder fields =
        Json.object()
            .put("seal", KIND)
            .put("schema", schema)
            .put("sequence", sequence)
            .put("head", head)
            .put("length", database.length())
            .put("sha256", database.sha256())
            .put("part", FileDigest.PART)
            .put("parts", Json.array(database.parts().stream().map(Json::of).toList()));
    String checksum = EvidenceCodec.sha256(JsonWriter.canonical(fields.build()));
    return JsonWriter.canonicalBytes(fields.put("checksum", checksum).build());
  }

  private static Seal decode(Json.Obj fields) {
    return new Seal(
        Math.toIntExact(fields.whole("schema")),
        fields.whole("sequence"),
        fields.text("head"),
        new FileDigest(
            fields.whole("length"),
            fields.text("sha256"),
            fields.array("parts").stream().map(Json::asText).toList()));
  }
}
