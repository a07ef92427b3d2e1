package dev.assay.suite.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.evidence.Attempt;
import dev.assay.api.evidence.Outcome;
import dev.assay.suite.failure.FailureAnalysis;
import dev.assay.suite.failure.PastRun;
import dev.assay.suite.failure.Pasts;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteAnalyticsTest {

  private static final Attempt RED = Attempt.failed(Duration.ofMillis(10), "E", "no", null);
  private static final Attempt GREEN = Attempt.passed(Duration.ofMillis(10));

  @TempDir Path folder;
  private Pasts past;

  @BeforeEach
  void aPast() {
    past = new Pasts(folder);
  }

  private SuiteAnalytics figures() {
    return SuiteAnalytics.of(PastRun.newest(past.ledger(), null, 100, 1_000_000));
  }

  private static Outcome taking(String name, Duration took) {
    return Pasts.outcome("shop.OrderTest", name, Attempt.passed(took));
  }

  private static Outcome adds(Attempt... attempts) {
    return Pasts.outcome("shop.OrderTest", "adds", attempts);
  }

  @Test
  void aTrendHasEveryRunThatHadTests() {
    past.run("a", adds(GREEN), taking("sums", Duration.ofSeconds(2)));
    past.run("b");
    past.run("c", adds(RED, GREEN), taking("sums", Duration.ofSeconds(4)));
    past.run("d", adds(RED), taking("sums", Duration.ofSeconds(3)));

    assertThat(figures().trend()).extracting(RunPoint::passRate).containsExactly(1.0, 1.0, 0.5);
    assertThat(figures().trend()).extracting(RunPoint::flaky).containsExactly(0, 1, 0);
    assertThat(figures().trend().getFirst().took()).isEqualTo(Duration.ofMillis(2010));
  }

  @Test
  void theSlowestAndTheDearestAreToldByWhatTheyTook() {
    for (int i = 0; i < 30; i++) { // 29 hours
      past.run(
          "c" + i, taking("slow", Duration.ofMinutes(2)), taking("fast", Duration.ofSeconds(1)));
    }
    past.run("rare", taking("slowest", Duration.ofMinutes(3)));

    SuiteAnalytics figures = figures();

    assertThat(figures.slowest(2))
        .extracting(one -> one.test().name())
        .containsExactly("slowest", "slow");
    TestRecord dearest = figures.dearest(1).getFirst();
    assertThat(dearest.test().name()).isEqualTo("slow");
    // 30 runs of 2 minutes in 30 hours, in a month of 30.44 days
    assertThat(dearest.minutesAMonth()).isCloseTo(60 / 1.25 * 30.4375, within(0.01));
    assertThat(dearest.cost(0.01)).isCloseTo(dearest.minutesAMonth() / 100, within(1e-9));
    assertThat(figures.neverFailed(1, 10).getFirst().test().name()).isEqualTo("slow");
  }

  @Test
  void theFlakiestIsTheOneThatPassedAndFailedWithTheSameCode() {
    for (int i = 0; i < 20; i++) {
      past.run(
          "c" + i,
          i % 5 == 0 ? adds(RED, GREEN) : adds(GREEN),
          Pasts.passed("shop.OrderTest", "sums"));
    }

    List<TestRecord> flakiest = figures().flakiest(5);

    assertThat(flakiest).extracting(one -> one.test().name()).containsExactly("adds");
    assertThat(flakiest.getFirst().flakyRuns()).isEqualTo(4);
    assertThat(flakiest.getFirst().thinking().nondeterministic()).isGreaterThan(0.95);
  }

  @Test
  void aFailureLastsFromItsFirstRunToTheFirstThatPasses() {
    past.run("a", adds(GREEN));
    past.run("b", adds(RED));
    past.run("c", adds(RED));
    past.run("d", adds(GREEN)); // two hours later
    past.run("e", adds(RED));
    past.run("e", adds(GREEN)); // nothing was mended
    past.run("f", adds(RED)); // still

    SuiteAnalytics figures = figures();

    assertThat(figures.timeToFix()).contains(Duration.ofHours(2));
    assertThat(figures.episodes()).hasSize(3);
    assertThat(figures.episodes().getFirst().runs()).isEqualTo(2);
    assertThat(figures.episodes()).filteredOn(Episode::sameCode).hasSize(1);
    assertThat(figures.episodes()).filteredOn(one -> one.ended() == null).hasSize(1);
  }

  @Test
  void tablesHaveACellForEveryHeading() {
    past.run("a", adds(GREEN));
    past.run("b", adds(RED));

    assertThat(AnalyticsForms.tables(figures(), 0.006))
        .isNotEmpty()
        .allSatisfy(table ->
            assertThat(table.rows())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.headings())));
    assertThat(AnalyticsForms.json(figures(), 0.006).array("tests")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aStalledServerIsSeenInTheTail() | A stalled server is seen in the tail
          testParsesXMLFiles              | Parses XML files
          test_total_of_none              | Total of none
          adds two numbers                | adds two numbers
          """)
  void namesBecomeSentences(String name, String sentence) {
    assertThat(Handbook.sentence(name)).isEqualTo(sentence);
  }

  @Test
  void theDocumentationSaysWhatIsTestedAndWhatFails() {
    past.run("a", adds(RED), Pasts.passed("shop.CartTest", "sumsUp"));
    PastRun run = PastRun.newest(past.ledger(), null, 1, 100).getFirst();

    assertThat(Handbook.documentation(run))
        .contains("## unit", "### Order", "- Adds **(fails)**", "### Cart", "- Sums up");
  }

  @Test
  void aRunbookSaysWhatToDoStepByStep() {
    var run =
        past.run(
            "a",
            adds(
                Attempt.failed(
                    Duration.ZERO, "java.net.BindException", "Address already in use", null)));

    String book = Handbook.runbooks("r", new FailureAnalysis(past.ledger(), folder).of(run, null));

    assertThat(book)
        .contains("## BindException: Address already in use", "-Dtest=shop.OrderTest#adds")
        .contains("Try: another process listens there already");
  }

  @Test
  void aBadgeIsWellFormedWhateverItSays() throws Exception {
    String svg = Badge.svg("tests <&\"", "9 of 10", 0.9);

    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("svg");
  }
}
