package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports far larger than the memory of the process that reads them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LargeReportTest {

  private static final String WORDS = "at shop.Cart.add(Cart.java:12) ".repeat(12);

  @TempDir Path folder;

  /** What runs in the small process: reads a file and says what is in it. */
  static final class Small {

    private Small() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      System.out.println(ReportForms.line(Reports.read(file, "report", ReportListener.none())));
    }
  }

  @Test
  void threeHundredMegabytesOfJUnitAreReadInSixtyFour() throws Exception {
    Path file =
        written(
            "<testsuite name='big'>",
            600_000,
            i ->
                "<testcase classname='shop.CartTest' name='adds"
                    + i
                    + "' time='0.001'>"
                    + (i % 10 == 0 ? "<failure message='no'>" + WORDS + "</failure>" : "")
                    + "<system-out><![CDATA["
                    + WORDS
                    + "]]></system-out></testcase>\n",
            "</testsuite>");
    assertThat(Files.size(file)).isGreaterThan(300_000_000);
    assertThat(inSmallProcess(file)).contains("600000 tests, 60000 failed, 0 errors, 0 skipped");
  }

  @Test
  void oneLineOfJsonMayBeOfAnyLength() throws Exception {
    Path file =
        written(
            "{\"testResults\":[{\"name\":\"a\",\"assertionResults\":[",
            200_000,
            i ->
                (i == 0 ? "" : ",")
                    + "{\"title\":\"t"
                    + i
                    + "\",\"status\":\"passed\",\"failureMessages\":[\""
                    + WORDS
                    + "\"]}",
            "]}]}");
    assertThat(inSmallProcess(file)).contains("200000 tests, 0 failed");
  }

  @Test
  void eventsOfManyTestsAreForgottenOnceTheyEnded() throws Exception {
    Path file =
        written(
            "",
            300_000,
            i -> {
              String test = "\"Package\":\"p" + i % 100 + "\",\"Test\":\"T" + i + "\"";
              return "{\"Action\":\"run\","
                  + test
                  + "}\n{\"Action\":\"output\","
                  + test
                  + ",\"Output\":\""
                  + WORDS
                  + "\"}\n{\"Action\":\"pass\","
                  + test
                  + "}\n";
            },
            "");
    assertThat(inSmallProcess(file)).contains("300000 tests, 0 failed");
  }

  private Path written(String before, long times, LongFunction<String> each, String after)
      throws IOException {
    Path file = folder.resolve("large");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(before.getBytes(StandardCharsets.UTF_8));
      for (long i = 0; i < times; i++) {
        out.write(each.apply(i).getBytes(StandardCharsets.UTF_8));
      }
      out.write(after.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static String inSmallProcess(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Small.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
