package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CargoTestReaderTest {

  private static final String OUTPUT =
      """
         Compiling fixture v0.1.0 (/app)
           Running unittests src/lib.rs (target/debug/deps/fixture-bf07fdf98814b1a7)

      running 4 tests
      test tests::adds ... ok
      test tests::panics - should panic ... ok
      test tests::later ... ignored, no time
      test tests::fails ... FAILED

      failures:

      ---- tests::fails stdout ----

      thread 'tests::fails' (27647) panicked at src/lib.rs:19:9:
      assertion `left == right` failed
        left: 1
       right: 2


      failures:
          tests::fails

      test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.13s

      error: test failed, to rerun pass `--lib`
         Doc-tests fixture

      running 1 test
      test src/lib.rs - add (line 5) ... ok

      test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.18s
      """;

  @TempDir Path folder;
  private final List<TestCase> cases = new ArrayList<>();

  private Report read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("output.log"), text);
    return Reports.read(
        file,
        "output.log",
        new ReportListener() {
          @Override
          public void testCase(TestCase testCase) {
            cases.add(testCase);
          }
        });
  }

  @Test
  void theOutputOfCargoIsAReport() throws IOException {
    Report report = read(OUTPUT);
    assertThat(report.format()).isEqualTo(Format.CARGO_TEST);
    assertThat(report.notices()).isEmpty();
    assertThat(cases)
        .extracting(TestCase::name)
        .containsExactly(
            "tests::adds",
            "tests::panics",
            "tests::later",
            "tests::fails",
            "src/lib.rs - add (line 5)");
    assertThat(cases.get(3).suite()).isEqualTo("src/lib.rs");
    assertThat(cases.get(3).result()).isEqualTo(Result.FAILED);
    assertThat(cases.get(3).labels())
        .containsEntry("file", "src/lib.rs")
        .containsEntry("line", "19");
    assertThat(cases.get(3).attempts().getFirst().message())
        .isEqualTo("assertion `left == right` failed");
    assertThat(cases.get(2).attempts().getFirst().message()).isEqualTo("no time");
    assertThat(cases.get(4).suite()).isEqualTo("doc-tests fixture");
  }

  @Test
  void aTargetThatAbortsFailedOutsideItsTests() throws IOException {
    read(
        """
             Running unittests src/lib.rs (target/debug/deps/fixture-1)

        running 2 tests
        test tests::adds ... ok
        error: test failed, to rerun pass `--lib`

        Caused by:
          process didn't exit successfully: (signal: 6, SIGABRT: process abort signal)
        """);
    assertThat(cases).hasSize(2);
    assertThat(cases.get(1).wholeSuite()).isTrue();
    assertThat(cases.get(1).result()).isEqualTo(Result.ERROR);
  }

  @Test
  void anOutputThatEndsTooEarlyIsTruncated() throws IOException {
    assertThat(read("running 2 tests\ntest a ... ok\n").grave()).isTrue();
  }
}
