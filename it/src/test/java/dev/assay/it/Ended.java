package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process left when it ended.
 *
 * @param code its exit code; 128 + signal where a signal ended it
 * @param out its standard output
 * @param err its standard error
 */
record Ended(int code, String out, String err) {

  /** The exit code must be that; a failure shows all output. */
  Ended with(int expected) {
    assertThat(code).as("exit code, with%n%s%n%s", out, err).isEqualTo(expected);
    noStackTrace();
    return this;
  }

  /**
   * A load test must have failed, or must have said that this machine was too busy to measure,
   * which no test can promise that it was not.
   */
  Ended failedOrTooBusy() {
    return out.contains("load.generator-late") ? with(2) : with(1);
  }

  /** Nobody is ever shown a stack trace for what is not a defect of Assay. */
  Ended noStackTrace() {
    assertThat(out + err)
        .doesNotContainPattern("(?m)^\\s+at [\\w.$/]+\\(")
        .doesNotContain("Exception");
    return this;
  }

  Ended saying(String... texts) {
    assertThat(err).contains(texts);
    return this;
  }

  Ended printing(String... texts) {
    assertThat(out).contains(texts);
    return this;
  }
}
