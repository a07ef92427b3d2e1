package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sample below {@code samples/} is read as the text beside it says. After a wanted change run
 * with {@code -Dgolden=write}, read the difference, and commit it.
 */
class DialectsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  static List<String> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".txt"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsReadAsTheTextBesideItSays(String sample) throws IOException {
    Path expected = SAMPLES.resolve(sample.substring(0, sample.lastIndexOf('.')) + ".txt");
    String read = ReadReport.of(Files.readAllBytes(SAMPLES.resolve(sample))).text();
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(expected, read);
    }
    assertThat(read).isEqualTo(Files.readString(expected));
  }

  @Test
  void thereAreSamplesOfAllDialects() throws IOException {
    assertThat(samples()).hasSizeGreaterThan(40);
  }
}
