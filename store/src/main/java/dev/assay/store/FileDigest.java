package dev.assay.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a file's bytes are, whole and by part, so that a change can be said to be somewhere.
 *
 * @param length in bytes
 * @param sha256 of the whole file
 * @param parts SHA-256 of each part of {@link #PART} bytes; the last part may be shorter
 */
record FileDigest(long length, String sha256, List<String> parts) {

  /** How many bytes a part has. */
  static final int PART = 1 << 20;

  FileDigest {
    parts = List.copyOf(parts);
  }

  /** Reads a file once. */
  static FileDigest of(Path file) throws IOException {
    MessageDigest whole = Chain.sha256();
    MessageDigest part = Chain.sha256();
    List<String> parts = new ArrayList<>();
    long length = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[PART];
      int read = in.readNBytes(buffer, 0, PART);
      while (read > 0) {
        length += read;
        whole.update(buffer, 0, read);
        part.update(buffer, 0, read);
        parts.add(HexFormat.of().formatHex(part.digest()));
        read = in.readNBytes(buffer, 0, PART);
      }
    }
    return new FileDigest(length, HexFormat.of().formatHex(whole.digest()), parts);
  }
}
