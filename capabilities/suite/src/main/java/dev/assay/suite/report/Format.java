package dev.assay.suite.report;

/** The formats that are understood. */
public enum Format {
  /** JUnit XML in any dialect. */
  JUNIT("junit"),
  /** NUnit 2's {@code test-results}. */
  NUNIT2("nunit2"),
  /** NUnit 3's {@code test-run}. */
  NUNIT3("nunit3"),
  /** The XML of xUnit.net, versions 1 to 3. */
  XUNIT("xunit"),
  /** Visual Studio's test results. */
  TRX("trx"),
  /** The Test Anything Protocol, versions 12 to 14. */
  TAP("tap"),
  /** The events of {@code go test -json}. */
  GO_TEST("go-test"),
  /** The Common Test Report Format. */
  CTRF("ctrf"),
  /** Mocha's JSON reporter. */
  MOCHA("mocha"),
  /** Mochawesome's JSON. */
  MOCHAWESOME("mochawesome"),
  /** The JSON of Jest, and of Vitest, which follows it. */
  JEST("jest"),
  /** The JSON of Playwright. */
  PLAYWRIGHT("playwright"),
  /** The events of Dart's and Flutter's JSON reporter. */
  DART("dart"),
  /** The JSON of libtest, which Rust's tests are run by. */
  LIBTEST("libtest"),
  /** What {@code cargo test} prints. */
  CARGO_TEST("cargo-test"),
  /** The JSON of RSpec. */
  RSPEC("rspec"),
  /** The JSON of Cucumber. */
  CUCUMBER("cucumber"),
  /** Allure 2's results, one file or a folder; and Allure 1's XML. */
  ALLURE("allure"),
  /** JaCoCo's XML, which Kover writes too. */
  JACOCO("jacoco"),
  /** Cobertura's XML. */
  COBERTURA("cobertura"),
  /** Clover's XML. */
  CLOVER("clover"),
  /** Sonar's generic coverage. */
  SONAR("sonar-coverage"),
  /** LCOV's trace files. */
  LCOV("lcov"),
  /** Go's coverage profile. */
  GO_COVER("go-cover"),
  /** Istanbul's {@code coverage-final.json}. */
  ISTANBUL("istanbul"),
  /** Istanbul's {@code coverage-summary.json}. */
  ISTANBUL_SUMMARY("istanbul-summary"),
  /** PIT's {@code mutations.xml}. */
  PIT("pit"),
  /** The mutation testing schema that Stryker and others share. */
  STRYKER("stryker"),
  /** SARIF 2.1.0 and the drafts before it. */
  SARIF("sarif");

  private final String id;

  Format(String id) {
    this.id = id;
  }

  /** Its stable name. */
  public String id() {
    return id;
  }
}
