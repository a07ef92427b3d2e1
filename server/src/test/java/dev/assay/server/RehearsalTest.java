package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the start-up cache learns from. */
@Timeout(180)
class RehearsalTest {

  @Test
  void whatIsRehearsedSucceedsSoThatItIsLearned() {
    assertThat(Rehearsal.play()).hasSizeGreaterThan(8).allMatch(status -> status < 400);
  }
}
