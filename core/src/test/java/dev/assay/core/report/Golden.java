package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what an output must be; {@code -Dassay.golden=write} writes them again. */
public final class Golden {

  private Golden() {}

  /** The text must be what the file holds. */
  public static void check(String name, String text) throws IOException {
    Path file = Path.of("src/test/resources/golden", name);
    if ("write".equals(System.getProperty("assay.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).as("golden file %s", file).isEqualTo(Files.readString(file));
  }
}
