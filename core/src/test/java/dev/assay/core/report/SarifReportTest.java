package dev.assay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SARIF, read by another implementation of it that takes nothing it does not know. */
class SarifReportTest {

  static List<RunReport> runs() {
    return List.of(
        SampleRun.full(),
        SampleRun.small(),
        SampleRun.green(),
        SampleRun.hostile(),
        SampleRun.huge());
  }

  private static SarifSchema210 read(RunReport run) throws IOException {
    return new ObjectMapper()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .readValue(SarifReport.write(run), SarifSchema210.class);
  }

  private static List<Result> results(RunReport run) throws IOException {
    return read(run).getRuns().getFirst().getResults();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyResultHasARuleAMessageAndAPlace(RunReport run) throws IOException {
    var read = read(run).getRuns().getFirst();
    List<String> rules =
        read.getTool().getDriver().getRules().stream().map(rule -> rule.getId()).toList();
    assertThat(read.getResults())
        .allSatisfy(result -> {
          assertThat(rules.get(result.getRuleIndex())).isEqualTo(result.getRuleId());
          assertThat(result.getMessage().getText()).isNotBlank();
          assertThat(result.getLocations()).hasSize(1);
          assertThat(result.getPartialFingerprints().getAdditionalProperties()).isNotEmpty();
        });
  }

  @Test
  void whatFailedAndWhatIsNotAsExpectedAreErrors() throws IOException {
    RunReport run = SampleRun.full();
    long failed = run.checks().stream().mapToLong(check -> check.evidence().failed()).sum();
    assertThat(results(run))
        .filteredOn(each -> each.getRuleId().equals("outcome.failed"))
        .hasSize((int) failed)
        .allMatch(each -> each.getLevel() == Result.Level.ERROR);
    assertThat(results(run)).anyMatch(each -> each.getRuleId().equals("expectation.unmet"));
  }

  @Test
  void aRunThatPassedHasNoErrors() throws IOException {
    assertThat(results(SampleRun.green())).noneMatch(each -> each.getLevel() == Result.Level.ERROR);
  }

  @Test
  void aFindingIsShownAtItsFileAndLine() throws IOException {
    Location place = place("src/main/java/a b/Orders.java:12:7");
    assertThat(place.getPhysicalLocation().getArtifactLocation().getUri())
        .isEqualTo("src/main/java/a%20b/Orders.java");
    assertThat(place.getPhysicalLocation().getRegion().getStartLine()).isEqualTo(12);
    assertThat(place.getPhysicalLocation().getRegion().getStartColumn()).isEqualTo(7);
  }

  @Test
  void whatIsInNoFileIsOfTheWorkspaceAndKeepsItsPlace() throws IOException {
    for (String said : List.of("http://shop.example/orders", "step checkout", "/etc/passwd:3")) {
      Location place = place(said);
      assertThat(place.getPhysicalLocation().getArtifactLocation().getUri())
          .isEqualTo("assay.yaml");
      assertThat(place.getPhysicalLocation().getRegion().getStartLine()).isEqualTo(1);
      assertThat(place.getLogicalLocations().iterator().next().getName()).isEqualTo(said);
    }
    assertThat(place(null).getLogicalLocations()).isNullOrEmpty();
  }

  private static Location place(@Nullable String said) throws IOException {
    return results(finding(Severity.WARNING, said, 1)).getFirst().getLocations().getFirst();
  }

  @Test
  void moreThanHostsShowIsLeftOutAndSaid() throws IOException {
    RunReport run = finding(Severity.NOTE, "a.txt:1", SarifReport.MOST + 7);
    assertThat(results(run)).hasSize(SarifReport.MOST);
    assertThat(read(run).getRuns().getFirst().getProperties().getAdditionalProperties().get("left"))
        .isEqualTo(7);
  }

  private static RunReport finding(Severity severity, @Nullable String place, int times) {
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(SampleRun.opened("shop", new Planned("scan", "suite", "d", 0)));
    entries.add(new CheckOpened(SampleRun.at(1), "scan"));
    for (int i = 0; i < times; i++) {
      entries.add(
          new Recorded(
              new Finding(
                  "scan", SampleRun.at(2), "rule", severity, place, "odd", "f" + i, Map.of())));
    }
    return RunReport.from(SampleRun.summary("shop", SampleRun.subject()), entries);
  }
}
