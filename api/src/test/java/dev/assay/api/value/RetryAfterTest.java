package dev.assay.api.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  @Test
  void secondsAreTakenAsTheyAre() {
    assertThat(RetryAfter.of(" 90 ", null)).hasValue(Duration.ofSeconds(90));
    assertThat(RetryAfter.of("0", DATE)).hasValue(Duration.ZERO);
  }

  @Test
  void aDateIsComparedWithThatOfTheAnswer() {
    assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:51:37 GMT", DATE))
        .hasValue(Duration.ofMinutes(2));
    assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:00:00 GMT", DATE)).hasValue(Duration.ZERO);
  }

  @Test
  void whatCannotBeReadSaysNothing() {
    assertThat(RetryAfter.of(null, DATE)).isEmpty();
    assertThat(RetryAfter.of("-3", DATE)).isEmpty();
    assertThat(RetryAfter.of("soon", DATE)).isEmpty();
    assertThat(RetryAfter.of("12345678901", DATE)).isEmpty();
    assertThat(RetryAfter.of(DATE, null)).isEmpty();
    assertThat(RetryAfter.of(DATE, "today")).isEmpty();
  }

  @Test
  void aMomentIsWrittenAsItIsRead() {
    assertThat(RetryAfter.date(Instant.parse("1994-11-06T08:49:37Z"))).isEqualTo(DATE);
  }
}
