package dev.assay.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemType;
import dev.assay.api.value.Comparison;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, in the file or before anything is sent. */
final class LoadRefusalTest {

  private static final URI LOCAL = URI.create("http://127.0.0.1:9");

  private static List<String> codes(LoadFixture fixture) {
    try {
      fixture.configuration();
      return List.of();
    } catch (ProblemException refused) {
      assertThat(refused.problems())
          .allSatisfy(problem -> {
            assertThat(problem.what()).isNotBlank();
            assertThat(problem.mend()).isNotBlank();
            assertThat(problem.where()).isInstanceOf(Place.class);
          });
      return refused.problems().stream().map(Problem::code).toList();
    }
  }

  private static LoadFixture load() {
    return new LoadFixture().get("/");
  }

  @Test
  void aSoundConfigurationHasNoProblem() {
    assertThat(codes(load())).isEmpty();
  }

  @Test
  void aFlowNeedsAStep() {
    assertThat(codes(new LoadFixture())).containsExactly("ASSAY-LOAD-002");
  }

  @Test
  void aStepDoesExactlyOneThingWithAtMostOneBody() {
    assertThat(codes(new LoadFixture().get("/").step("name: x"))).containsExactly("ASSAY-LOAD-001");
    assertThat(codes(new LoadFixture().step("{ get: /, post: / }")))
        .containsExactly("ASSAY-LOAD-001");
    assertThat(codes(load().step("{ get: /, pause: 1s }"))).containsExactly("ASSAY-LOAD-001");
    assertThat(codes(new LoadFixture().step("{ post: /, json: x, body: y }")))
        .containsExactly("ASSAY-LOAD-010");
  }

  @Test
  void numbersStayInTheirRanges() {
    String range = "ASSAY-LOAD-003";
    assertThat(codes(load().lasting(Duration.ZERO))).contains(range);
    assertThat(codes(load().lasting(Duration.ofDays(8)))).containsExactly(range);
    assertThat(codes(load().lasting(Duration.ofDays(7)))).isEmpty();
    assertThat(codes(load().warmUp(Duration.ofDays(8)))).contains(range);
    assertThat(codes(load().timeout(Duration.ZERO))).containsExactly(range);
    assertThat(codes(load().connections(0))).containsExactly(range);
    assertThat(codes(load().maxWaiting(-1))).containsExactly(range);
    assertThat(codes(load().rate(0.01))).containsExactly(range);
    assertThat(codes(load().rate(1e7).lasting(Duration.ofHours(24)))).containsExactly(range);
  }

  @ParameterizedTest
  @CsvSource({
    "201, 201 201",
    "2xx, 200 299",
    "!= 2xx, 100 599",
    "< 400, 100 399",
    "~ ^20, 200 209"
  })
  void aStatusIsExpectedInEveryUsualWay(String written, String ends) {
    var accepted =
        AcceptedStatuses.of(
            new LoadStep.Expected(Comparison.parse(written), Map.of(), Map.of(), null, null));
    assertThat(accepted.nextSetBit(0) + " " + (accepted.length() - 1)).isEqualTo(ends);
  }

  @Test
  void aStatusThatNoneMeetsIsRefused() {
    assertThat(codes(new LoadFixture().get("/", "OK"))).containsExactly("ASSAY-LOAD-012");
  }

  @Test
  void aTargetElsewhereNeedsAWordAboveFiftyPerSecond() {
    // 192.0.2.0/24 is for documentation (RFC 5737); nothing is sent there.
    refused(load().url("http://192.0.2.1").rate(51), LoadProblems.NOT_OWN);
    assertThat(plan(load().url("http://192.0.2.1").rate(50)).origins().getFirst().host())
        .isEqualTo("192.0.2.1");
    assertThat(plan(load().url("http://192.0.2.1").rate(51).own()).origins().getFirst().tls())
        .isFalse();
    assertThat(plan(load().url("http://[::1]:81").rate(51)).origins().getFirst().host())
        .isEqualTo("::1");
  }

  private static dev.assay.load.engine.LoadPlan plan(LoadFixture fixture) {
    return new PlanCompiler(
            new dev.assay.testkit.TestContext(Path.of("."), Path.of("."), null),
            fixture.configuration(),
            () -> {
              throw new AssertionError("nobody asks for TLS");
            })
        .compile(2);
  }

  @Test
  void addressesAreCheckedBeforeAnythingIsSent() {
    refused(load().url("ftp://127.0.0.1"), LoadProblems.ADDRESS);
    refused(load().url("http://user:secret@127.0.0.1"), LoadProblems.ADDRESS);
    refused(new LoadFixture().get("/a b"), LoadProblems.ADDRESS);
    refused(load().url("http://no-such-host.invalid"), LoadProblems.HOST);
    assertThatThrownBy(() -> load().run((URI) null)).hasMessageContaining("ASSAY-LOAD-004");
  }

  @Test
  void headersThatWouldBreakTheRequestAreRefused() {
    refused(load().header("X-A", "a\r\nEvil: b"), LoadProblems.HEADER);
    refused(load().header("X A", "a"), LoadProblems.HEADER);
    refused(load().header("content-LENGTH", "7"), LoadProblems.HEADER);
  }

  @Test
  void moreConnectionsThanFilesAreRefusedWithTheLimitToRaise(@TempDir Path process)
      throws Exception {
    Files.writeString(
        process.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             95000                95000                processes
        Max open files            1024                 1048576              files
        """);
    Files.createDirectory(process.resolve("fd"));
    assertThatThrownBy(() -> load().process(process).connections(100_000).run(LOCAL))
        .hasMessageContaining("ASSAY-LOAD-009")
        .hasMessageContaining("ulimit -n 100064")
        .hasMessageContaining("'connections' to 960");
    new FileLimit(process).allows(960);
    new FileLimit(process.resolve("nothing")).allows(1_000_000);
  }

  private static void refused(LoadFixture fixture, ProblemType type) {
    assertThatThrownBy(() -> fixture.run(LOCAL)).hasMessageContaining(type.code());
  }

  @Test
  void everyProblemIsExplained() {
    LoadCapability capability = new LoadCapability();
    assertThat(capability.problems())
        .extracting(ProblemType::code)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(20);
    assertThat(capability.problems())
        .allSatisfy(type -> assertThat(type.explanation().length()).isGreaterThan(80));
  }

  @Test
  void nothingPassesWithoutRequestsOrWithManyErrors() {
    LoadCheckType type = new LoadCheckType();
    assertThat(type.implied(load().configuration()))
        .extracting(implied -> implied.key() + " " + implied.comparison() + " " + implied.always())
        .containsExactly("requests > 0 true", "errors < 1 % false");
    assertThat(type.wantsMachine()).isTrue();
  }
}
