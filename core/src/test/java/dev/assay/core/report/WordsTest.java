package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers of things are said as people say them. */
class WordsTest {

  @Test
  void oneThingIsOneAndMoreAreMore() {
    assertThat(Words.many(1, "artifact")).isEqualTo("1 artifact");
    assertThat(Words.many(0, "artifact")).isEqualTo("0 artifacts");
    assertThat(Words.many(1, "entry")).isEqualTo("1 entry");
    assertThat(Words.many(12_345, "entry")).isEqualTo("12,345 entries");
    assertThat(Words.many(2, "day")).isEqualTo("2 days");
  }
}
