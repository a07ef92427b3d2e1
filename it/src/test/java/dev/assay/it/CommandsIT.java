package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands beside {@code run}. */
class CommandsIT extends Scenario {

  private void runOnce() {
    workspace(
        """
        workspace: shop
        checks:
          unit:
            suite: { command: sh suite.sh unit, reports: ["reports/*.xml"] }
        """);
    write("suite.sh", COUNTING_SUITE);
    assay("run").with(0);
  }

  @Test
  void aRunIsReportedInEveryForm() {
    runOnce();

    assay("report").with(0).printing("SHIP", "unit");
    assertThat(assay("report", "--format", "junit").with(0).out())
        .startsWith("<?xml")
        .contains("<testsuite", "works");
    assertThat(assay("report", "--format", "markdown").with(0).out()).contains("unit", "|");
    assertThat(assay("report", "--format", "html").with(0).out())
        .startsWith("<!DOCTYPE html>")
        .doesNotContainPattern("(src|href|url\\()=?[\"']?(https?:)?//");
    Json.Obj json = JsonReader.read(assay("report", "--format", "json").with(0).out()).asObject();
    assertThat(json.text("decision")).isEqualTo("PASS");
    assertThat(assay("report", "--json").with(0).out())
        .isEqualTo(assay("report", "--format", "json").with(0).out());

    assay("report", "--step-summary").with(3).saying("there is no GITHUB_STEP_SUMMARY");
    write("summary.md", "what another step said\n");
    environment("GITHUB_STEP_SUMMARY", "summary.md");
    assay("report", "--step-summary").with(0).saying("added the run to the summary");
    assertThat(read("summary.md")).startsWith("what another step said\n").contains("unit", "|");
    assay("report", "--format", "markdown", "--output", "out/summary.md").with(0).saying("wrote");
    assertThat(read("out/summary.md")).contains("unit");
    assay("report", "nosuchrun").with(3).saying("ASSAY-CLI-002", "nosuchrun");
  }

  @Test
  void aReportOfNothingIsAnswered() {
    workspace("workspace: shop\n");

    Ended ended = assay("report").noStackTrace();
    assertThat(ended.code()).isIn(3, 4);
    assertThat(ended.err()).contains("mend: ");
  }

  @Test
  void theLedgerIsListedShownVerifiedAndExported() {
    runOnce();
    assay("run").with(0);

    List<Json> runs = JsonReader.read(assay("ledger", "list", "--json").with(0).out()).asArray();
    assertThat(runs).hasSize(2);
    assertThat(assay("ledger", "list", "--limit", "1").with(0).out().lines()).hasSize(2);

    assay("ledger", "show").with(0).printing("run-opened/1", "…");
    String id = runs.getLast().asObject().text("id");
    assertThat(assay("ledger", "show", id, "--json").with(0).out().lines())
        .allSatisfy(line -> assertThat(JsonReader.read(line).asObject().text("hash")).hasSize(64));

    Json.Obj verified =
        JsonReader.read(assay("ledger", "verify", "--json").with(0).out()).asObject();
    assertThat(verified.get("sound").asBool()).isTrue();
    assay("ledger", "verify", "--head", verified.text("head")).with(0);
    assay("ledger", "verify", "--head", "0".repeat(64)).with(4).saying("not in the chain");

    List<String> exported = assay("ledger", "export").with(0).out().lines().toList();
    assertThat(exported).hasSize((int) verified.whole("entries"));
    assertThat(JsonReader.read(exported.getLast()).asObject().text("hash"))
        .isEqualTo(verified.text("head"));
    assertThat(assay("ledger", "export", id).with(0).out().lines())
        .hasSizeBetween(5, exported.size() - 5);
  }

  @Test
  void aValidWorkspaceIsShownWithWhatIsImplied() {
    runOnce();

    assay("check").with(0).printing("assay.yaml is valid", "stage 1", "tests > 0  (implied)");
    Json.Obj plan = JsonReader.read(assay("check", "--json").with(0).out()).asObject();
    assertThat(plan.array("checks")).hasSize(1);
  }

  @Test
  void theSchemaIsJsonThatKnowsEveryCheckType() {
    Json.Obj schema = JsonReader.read(assay("schema").with(0).out()).asObject();

    assertThat(schema.text("$schema")).contains("2020-12");
    assertThat(schema.object("$defs").members().keySet())
        .contains("HttpConfiguration", "SuiteConfiguration", "LoadConfiguration");
    assay("schema", "--reference").with(0).printing("# Workspace reference", "## `http`");
  }

  @Test
  void everyProblemCodeIsUniqueAndCanBeExplained() {
    List<Json> all = JsonReader.read(assay("explain", "--json").with(0).out()).asArray();
    List<String> codes = all.stream().map(one -> one.asObject().text("code")).toList();

    assertThat(codes).hasSizeGreaterThan(40).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            one -> assertThat(one.asObject().text("explanation").length()).isGreaterThan(40));
    assertThat(assay("explain").with(0).out().lines()).hasSameSizeAs(codes);
    assay("explain", codes.getFirst().toLowerCase(java.util.Locale.ROOT))
        .with(0)
        .printing(codes.getFirst(), "To be mended by:");
    assay("explain", "ASSAY-PLAN-999").with(3).saying("ASSAY-CLI-005", "mend: ");
  }

  @Test
  void aFirstWorkspaceIsWrittenOnceAndIsValid() throws Exception {
    assay("init").with(0).printing("wrote", "next: ");

    assay("check").with(0).printing("is valid", "smoke");
    String first = read("assay.yaml");
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(assay("schema").with(0).out(), InputFormat.JSON)
                .validate(first, InputFormat.YAML))
        .as("what the schema says of it")
        .isEmpty();
    assay("init").with(3).saying("ASSAY-CLI-004", "assay.yaml");
    assertThat(read("assay.yaml")).isEqualTo(first);

    Files.createDirectory(file("maven"));
    write("maven/pom.xml", "<project/>");
    assay("init", "maven").with(0);
    assay("check", "maven").with(0).printing("unit", "suite");
    Files.createDirectory(file("node"));
    write("node/package.json", "{}");
    assay("init", "node").with(0);
    assay("check", "node").with(0).printing("unit", "suite");
    assay("init", "nowhere").with(4).saying("ASSAY-CLI-003", "nowhere");
  }

  @Test
  void theDoctorNamesWhatIsMissing() {
    assay("doctor").with(0).printing("ok       Java 25", "assay init", "all is well");

    workspace(
        """
        workspace: shop
        services: { app: { command: no-such-program } }
        """);
    assay("doctor")
        .with(4)
        .printing("MISSING", "no-such-program", "mend: ", "something is missing");
    List<Json> found = JsonReader.read(assay("doctor", "--json").with(4).out()).asArray();
    assertThat(found)
        .anySatisfy(one -> assertThat(one.asObject().text("state")).isEqualTo("MISSING"));
  }

  @Test
  void theCompletionIsAScriptThatBashTakes() throws Exception {
    write("completion.sh", assay("completion").with(0).out());

    Process bash =
        new ProcessBuilder("bash", "-n", file("completion.sh").toString()).inheritIO().start();
    assertThat(bash.waitFor()).isZero();
    assertThat(read("completion.sh")).contains("ledger", "--resume");
  }

  @Test
  void thereIsNothingToMendWhereNothingWasLeft() {
    assertThat(assay("mend").with(0).out()).isEqualTo("nothing to mend\n");
    runOnce();
    assertThat(assay("mend").with(0).out()).isEqualTo("nothing to mend\n");
  }

  @Test
  void theVersionAndTheHelpArePrinted() {
    assay("--version").with(0).printing("assay ", "Java 25");
    assay("--help").with(0).printing("run", "ledger", "Exit codes");
    assay().with(0).printing("Usage");
    assay("run", "--help").with(0).printing("--resume");
  }
}
