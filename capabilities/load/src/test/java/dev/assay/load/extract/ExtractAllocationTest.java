package dev.assay.load.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.assay.api.value.Comparison;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ExtractAllocationTest {

  private static final byte[] BODY =
      """
      {"page":1,"items":[{"id":1,"name":"t\\u00fcr \\ud83d\\ude00","price":2.50,"tags":["a","b"]},
      {"id":2,"name":"haus","price":12,"tags":[]}],"next":{"cursor":"abc"},"token":"xyz"}
      """
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void readingBodiesAllocatesNothingInTheSteadyState() {
    BodyReader reader =
        BodyPlan.of(
                List.of(
                    new Probe.JsonPath("$.items[0].name"),
                    new Probe.JsonPath("$.items"),
                    new Probe.JsonPath("$.items.length()"),
                    new Probe.JsonTest("$.items[*].price", Comparison.parse("> 1.5")),
                    new Probe.JsonTest("$.next.cursor", Comparison.parse("~ ^a.c")),
                    new Probe.Regex(Pattern.compile("token\":\"(\\w+)")),
                    new Probe.TextTest(Comparison.parse("~ haus")),
                    new Probe.Contains("xyz")))
            .reader();
    long answers = 0;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      answers += read(reader, i);
    }
    assertThat(answers).isPositive();
    long before = threads.getCurrentThreadAllocatedBytes();
    long idle = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      answers += read(reader, i);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before - idle;
    assertThat(answers).isPositive();
    assertThat(allocated / 10_000).as("bytes for each body").isZero();
  }

  private static long read(BodyReader reader, int number) {
    int cut = number % BODY.length;
    reader.begin();
    reader.feed(BODY, 0, cut);
    reader.feed(BODY, cut, BODY.length);
    reader.end();
    long answers = 0;
    for (int i = 0; i < 8; i++) {
      if (!reader.found(i)) {
        throw new AssertionError(i);
      }
      answers += reader.value(i).length();
    }
    return answers;
  }
}
