package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileReportsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "surefire.xml",
        "surefire-reruns.xml",
        "pytest.xml",
        "phpunit.xml",
        "gtest.xml",
        "utf16.xml",
        "nextest.xml",
        "bom.xml",
        "control-characters.xml"
      })
  void aReportCutAtAnyByteIsNeverTakenForAWholeOne(String sample) throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLES.resolve(sample));
    ReadReport all = ReadReport.of(whole);
    for (int length = 0; length < whole.length; length++) {
      ReadReport cut = ReadReport.of(Arrays.copyOf(whole, length));
      boolean onlyBlanksAreMissing =
          new String(whole, length, whole.length - length, StandardCharsets.ISO_8859_1).isBlank();
      if (onlyBlanksAreMissing) {
        assertThat(cut.cases()).isEqualTo(all.cases());
      } else {
        assertThat(cut.grave()).as("%s cut at byte %d", sample, length).isTrue();
      }
    }
  }

  @Test
  void whateverBytesAreThereNothingIsThrown() throws IOException {
    byte[] seed = Files.readAllBytes(SAMPLES.resolve("surefire-reruns.xml"));
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 3000; round++) {
      byte[] mutant = seed.clone();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        mutant[random.nextInt(mutant.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "<>&\"'/!?[]-;#x ".charAt(random.nextInt(15));
      }
      ReadReport read = ReadReport.of(mutant);
      assertThat(read.cases().size() + read.notices().size() + read.problems().size()).isPositive();
    }
  }

  @Test
  void aFailureThatWasReadBeforeTheCutCounts() {
    ReadReport cut =
        ReadReport.of("<testsuite><testcase name='a' classname='A'><failure message='no'>tr");
    assertThat(cut.cases())
        .singleElement()
        .extracting(TestCase::result)
        .isEqualTo(Attempt.Result.FAILED);
    assertThat(cut.grave()).isTrue();
  }

  @Test
  void anExternalEntityIsNeverFetched() throws IOException {
    Path secret = Files.createTempFile("secret", ".txt");
    Files.writeString(secret, "s3cr3t");
    String report =
        "<!DOCTYPE t [<!ENTITY x SYSTEM \""
            + secret.toUri()
            + "\">]>"
            + "<testsuite><testcase name=\"a&x;\"><failure>&x;</failure></testcase></testsuite>";
    ReadReport read = ReadReport.of(report);
    assertThat(read.text()).doesNotContain("s3cr3t").contains("report.entities");
    assertThat(read.grave()).isTrue();
  }

  @Test
  void aBillionLaughsAreNotLaughed() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE b [<!ENTITY e0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      String before = "&e" + (i - 1) + ";";
      bomb.append("<!ENTITY e").append(i).append(" \"").append(before.repeat(10)).append("\">");
    }
    bomb.append("]><testsuite><testcase name=\"&e29;\"/></testsuite>");
    ReadReport read = ReadReport.of(bomb.toString());
    assertThat(read.grave()).isTrue();
    assertThat(read.text().length()).isLessThan(2_000);
  }

  @Test
  void elementsThatNestForEverEndTheReading() {
    ReadReport read = ReadReport.of(() -> repeat("<testsuite>", 1_000_000, ""));
    assertThat(read.notices()).extracting(ReportNotice::rule).contains(ReportNotice.Rule.MALFORMED);
  }

  @Test
  void aGiganticReportIsReadInLittleMemory() {
    long cases = 400_000;
    String before = "<?xml version=\"1.0\"?><testsuite name=\"big\" tests=\"" + cases + "\">";
    String filler = "x".repeat(200);
    AtomicLong count = new AtomicLong();
    AtomicLong notices = new AtomicLong();
    Reports.Source report =
        () ->
            generated(
                before,
                cases,
                i ->
                    "<testcase classname=\"A\" name=\"t"
                        + i
                        + "\" time=\"0.001\"><system-out><![CDATA["
                        + filler
                        + "]]></system-out></testcase>\n",
                "</testsuite>");
    long used = memoryDuring(() -> read(report, count, notices));
    assertThat(count).hasValue(cases);
    assertThat(notices).hasValue(0);
    assertThat(used).isLessThan(64L << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<testsuite><testcase name='a'><failure><![CDATA[|]]></failure></testcase></testsuite>",
        "<testsuite><testcase name='a'><failure>|</failure></testcase></testsuite>",
        "<testsuite><testcase name='a'><failure message='|'/></testcase></testsuite>",
        "<testsuite><testcase name='a'><system-out>|</system-out><failure/></testcase></testsuite>",
        "<testsuite><!--|--><testcase name='a'><failure/></testcase></testsuite>"
      })
  void aGiganticPieceIsCutAndNotHeld(String shape) {
    String[] halves = shape.split("\\|");
    String filler = "x".repeat(1000) + "\n";
    Reports.Source report = () -> generated(halves[0], 100_000, i -> filler, halves[1]);
    AtomicLong count = new AtomicLong();
    AtomicLong notices = new AtomicLong();
    long used = memoryDuring(() -> read(report, count, notices));
    assertThat(count).hasValue(1);
    assertThat(notices).hasValue(0);
    assertThat(used).isLessThan(64L << 20);
  }

  private static void read(Reports.Source report, AtomicLong cases, AtomicLong notices) {
    try {
      Reports.read(
          report,
          "report",
          new ReportListener() {
            @Override
            public void testCase(TestCase testCase) {
              cases.incrementAndGet();
              for (Attempt attempt : testCase.attempts()) {
                String detail = attempt.detail();
                assertThat(detail == null ? 0 : detail.length())
                    .isLessThanOrEqualTo(Attempt.LONGEST_DETAIL);
              }
            }

            @Override
            public void notice(ReportNotice notice) {
              notices.incrementAndGet();
            }
          });
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** How much more memory is held while it is read than before, seen after collections. */
  private static long memoryDuring(Runnable reading) {
    System.gc();
    long before = liveBytes();
    reading.run();
    System.gc();
    return liveBytes() - before;
  }

  private static long liveBytes() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static InputStream repeat(String text, long times, String after) {
    return generated("", times, i -> text, after);
  }

  private static InputStream generated(
      String before, long times, LongFunction<String> each, String after) {
    Iterator<InputStream> pieces =
        new Iterator<>() {
          private long i = -1;

          @Override
          public boolean hasNext() {
            return i <= times;
          }

          @Override
          public InputStream next() {
            String piece = i < 0 ? before : i == times ? after : each.apply(i);
            i++;
            return new ByteArrayInputStream(piece.getBytes(StandardCharsets.UTF_8));
          }
        };
    return new SequenceInputStream(
        new java.util.Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return pieces.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return pieces.next();
          }
        });
  }
}
