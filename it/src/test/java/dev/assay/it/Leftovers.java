package dev.assay.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the processes of one scenario, however they detached themselves: their environment carries
 * the scenario's mark, which is another than Assay's own.
 */
final class Leftovers {

  static final String VARIABLE = "ASSAY_SCENARIO";

  private Leftovers() {}

  /** The living processes with that mark, with their command lines. */
  static Map<Long, String> of(String mark) {
    Map<Long, String> found = new TreeMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path folder : folders) {
        if (bytes(folder.resolve("environ")).contains(VARIABLE + "=" + mark + "\0")
            && !bytes(folder.resolve("stat")).matches("(?s).*\\) [ZX] .*")) {
          found.put(
              Long.parseLong(String.valueOf(folder.getFileName())),
              bytes(folder.resolve("cmdline")).replace('\0', ' '));
        }
      }
    } catch (IOException unreadable) {
      throw new AssertionError("/proc is needed", unreadable);
    }
    return found;
  }

  private static String bytes(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
