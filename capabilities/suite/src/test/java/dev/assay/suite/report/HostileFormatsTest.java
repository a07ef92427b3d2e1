package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to a report of any format, reading it ends, gives the same for the same bytes,
 * and throws nothing but a problem.
 */
class HostileFormatsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final String TOKENS = "<>&\"'/!?[]{}-;#:,=x 0123456789\n\t\\\u0000";

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.filter(file -> !file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static void readOrRefuse(byte[] bytes, String what) {
    assertThatCode(
            () -> {
              try {
                Reports.read(
                    () -> new ByteArrayInputStream(bytes), "report", ReportListener.none());
              } catch (ProblemException refused) {
                assertThat(refused.problems()).isNotEmpty();
              }
            })
        .as(what)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aReportCutAnywhereIsReadOrRefused(Path sample) throws IOException {
    byte[] whole = Files.readAllBytes(sample);
    for (int length = 0; length < whole.length; length++) {
      readOrRefuse(Arrays.copyOf(whole, length), sample + " cut at " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aReportWithWrongBytesIsReadOrRefused(Path sample) throws IOException {
    byte[] seed = Files.readAllBytes(sample);
    SplittableRandom random = new SplittableRandom(sample.getFileName().toString().hashCode());
    for (int round = 0; round < 400 && seed.length > 0; round++) {
      readOrRefuse(mutant(seed, random), sample + " in round " + round);
    }
  }

  private static byte[] mutant(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) TOKENS.charAt(random.nextInt(TOKENS.length()));
        case 2 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          int end = Math.min(bytes.length, at + random.nextInt(20));
          bytes = concatenated(bytes, at, end);
        }
      }
    }
    return bytes;
  }

  /** The bytes without those between, but never none. */
  private static byte[] concatenated(byte[] bytes, int from, int to) {
    byte[] shorter = new byte[Math.max(1, bytes.length - (to - from))];
    System.arraycopy(bytes, 0, shorter, 0, Math.min(from, shorter.length));
    int rest = Math.min(bytes.length - to, shorter.length - from);
    if (rest > 0) {
      System.arraycopy(bytes, to, shorter, from, rest);
    }
    return shorter;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aReportReadsTheSameHoweverItsBytesArrive(Path sample) throws IOException {
    byte[] bytes = Files.readAllBytes(sample);
    String whole = ReadReport.of(bytes).text();
    SplittableRandom random = new SplittableRandom(1);
    assertThat(ReadReport.of(() -> pieces(bytes, () -> 1)).text()).isEqualTo(whole);
    assertThat(ReadReport.of(() -> pieces(bytes, () -> random.nextInt(1, 40))).text())
        .isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"surefire-reruns.xml", "control-characters.xml", "utf16.xml", "dart.jsonl"})
  void aReportSplitAtAnyByteReadsTheSame(String sample) throws IOException {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve(sample));
    String whole = ReadReport.of(bytes).text();
    for (int split = 1; split < bytes.length; split++) {
      int first = split;
      int[] taken = {0};
      Reports.Source source =
          () -> {
            taken[0] = 0;
            return pieces(bytes, () -> taken[0]++ == 0 ? first : bytes.length);
          };
      assertThat(ReadReport.of(source).text()).as("split at %d", split).isEqualTo(whole);
    }
  }

  private static InputStream pieces(byte[] bytes, IntSupplier most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, most.getAsInt()));
      }
    };
  }

  /** A window is 64 KiB; what lies across its edge must not be lost, whatever it is. */
  @ParameterizedTest
  @ValueSource(strings = {"gtest.xml", "pytest.xml", "phpunit.xml", "vitest.xml", "nunit3.xml"})
  void nothingIsLostAtTheEdgeOfAWindow(String sample) throws IOException {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve(sample));
    String text = new String(bytes, StandardCharsets.UTF_8);
    int begin = text.indexOf('<', text.startsWith("<?") ? 2 : 0);
    List<TestCase> cases = ReadReport.of(bytes).cases();
    for (int edge = begin; edge < text.length(); edge++) {
      String filler = "<!--" + "x".repeat(65_536 - edge + begin - 7) + "-->";
      ReadReport moved = ReadReport.of(filler + text.substring(begin));
      assertThat(moved.cases()).as("edge at %d", edge).isEqualTo(cases);
    }
  }

  @Test
  void randomBytesAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(11);
    List<String> begins =
        List.of(
            "", "<testsuite ", "<test-run ", "{\"results\":{", "TAP version 13\n", "SF:a\n", "{");
    for (int round = 0; round < 3000; round++) {
      byte[] begin = begins.get(round % begins.size()).getBytes(StandardCharsets.UTF_8);
      byte[] bytes = Arrays.copyOf(begin, begin.length + random.nextInt(400));
      for (int i = begin.length; i < bytes.length; i++) {
        bytes[i] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt(256)
                : (byte) TOKENS.charAt(random.nextInt(TOKENS.length()));
      }
      readOrRefuse(bytes, "round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"suites\":[],\"config\":{},\"a\":",
        "[",
        "{\"a\":",
        "{\"results\":{\"tests\":["
      })
  void jsonThatNestsForEverIsRefused(String begin) {
    readOrRefuse((begin + begin.repeat(20_000)).getBytes(StandardCharsets.UTF_8), begin);
    readOrRefuse((begin + "[".repeat(200_000)).getBytes(StandardCharsets.UTF_8), begin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<test-run>",
        "<assemblies><assembly><collection>",
        "<TestRun><Results>",
        "<report><group>",
        "<coverage line-rate='1'><packages>",
        "<coverage clover='1'><project>",
        "<mutations>",
        "<test-suite xmlns='x'><test-cases>"
      })
  void elementsThatNestForEverAreRefusedInEveryFormat(String begin) {
    readOrRefuse(begin.repeat(50_000).getBytes(StandardCharsets.UTF_8), begin);
  }

  @Test
  void anEntityBombIsNotLitInAnyFormat() throws IOException {
    String bomb =
        "<!DOCTYPE b [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM"
            + " \"file:///etc/passwd\">]>";
    for (String root :
        List.of(
            "<test-run><test-case name='&b;' result='Passed'/></test-run>",
            "<assemblies><assembly><collection><test name='&c;' result='Pass'/></collection></assembly>"
                + "</assemblies>",
            "<TestRun><UnitTestResult testName='&c;' outcome='Passed'/></TestRun>")) {
      ReadReport read = ReadReport.of(bomb + root);
      assertThat(read.cases()).hasSize(1);
      assertThat(read.text()).doesNotContain("haha").doesNotContain("root:");
      assertThat(read.grave()).isTrue();
    }
  }
}
