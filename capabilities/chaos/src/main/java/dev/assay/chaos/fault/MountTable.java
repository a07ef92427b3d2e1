package dev.assay.chaos.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What is mounted where, as {@code /proc/self/mountinfo} says. */
final class MountTable {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  private MountTable() {}

  /** How many mounts lie over each other at that path. */
  static int layers(Path path) throws IOException {
    int layers = 0;
    for (String line : Files.readAllLines(TABLE, StandardCharsets.UTF_8)) {
      if (unescaped(line.split(" ")[4]).equals(path.toString())) {
        layers++;
      }
    }
    return layers;
  }

  /** Spaces and the like are written as three octal digits. */
  static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 3 < text.length() && text.substring(i + 1, i + 4).matches("[0-7]{3}")) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }
}
