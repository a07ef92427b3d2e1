package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code assay failures}, {@code suite bisect}, {@code analytics} and {@code select} in a
 * repository, and the coverage of what has changed.
 */
class SuitesIT extends Scenario {

  private static final String WORKSPACE =
      """
      workspace: shop
      checks:
        unit:
          suite:
            command: sh suite.sh
            reports: ["reports/unit.xml"]
            coverage: { reports: [lcov.info], against: begin }
          expect:
            coverage.diff: ">= 80 %"
      """;

  /** Adds what is in price.txt; its test fails where that is not 3. Lines 1 and 2 are executed. */
  private static final String SUITE =
      """
      mkdir -p reports
      { echo '<testsuite name="shop"><testcase classname="shop.CartTest" name="adds" time="0.01">'
        grep -q '^3$' price.txt || echo '<failure type="java.lang.AssertionError" message="expected 3"/>'
        echo '</testcase></testsuite>'; } > reports/unit.xml
      printf 'SF:price.txt\\nDA:1,1\\nDA:2,1\\nDA:3,0\\nend_of_record\\n' > lcov.info
      grep -q '^3$' price.txt
      """;

  @BeforeEach
  void aRepository() throws IOException, InterruptedException {
    workspace(WORKSPACE);
    write("suite.sh", SUITE);
    write("price.txt", "1\n3\n5\n");
    write(".gitignore", ".assay\nreports\nlcov.info\n");
    git("init", "-q", "-b", "main", ".");
    git("add", "-A");
    git("commit", "-qm", "begin");
    git("tag", "begin");
  }

  private void commit(String price) throws IOException, InterruptedException {
    write("price.txt", price);
    git("commit", "-qam", "price " + price.strip().replace("\n", ","));
  }

  @Test
  void linesThatChangedAndThatNoTestExecutesFailTheRun() throws Exception {
    commit("2\n3\n5\n");
    assay("run").with(0);

    commit("2\n3\n6\n");
    assay("run").with(1).printing("coverage.diff is 50 % (1 of 2)");
    assertThat(assay("report", "--json").with(0).out())
        .contains("price.txt, line 3: changed, and no test executed it");

    assay("suite", "analytics", "--html", "suites.html", "--coverage-badge", "coverage.svg")
        .with(0)
        .printing("Coverage of files", "price.txt", "66.7 %");
    assertThat(read("suites.html")).contains("Coverage of files");
    assertThat(read("coverage.svg")).contains("66.7 %");
    Json.Obj coverage =
        JsonReader.read(assay("suite", "analytics", "--json").with(0).out())
            .asObject()
            .object("coverage");
    assertThat(coverage.array("runs")).hasSize(2);
    assertThat(coverage.array("runs").getLast().asObject().whole("diff_valid")).isEqualTo(2);
  }

  @Test
  void aChangeOfNothingThatRunsIsNeitherAPassNorAFailure() throws Exception {
    write("README.md", "more");
    git("add", "-A");
    git("commit", "-qm", "words");

    assay("run").with(2).printing("Nothing was measured for coverage.diff");
  }

  @Test
  void aFailureIsExplainedAndTheCommitThatMadeItIsFound() throws Exception {
    assay("run").with(2); // nothing has changed yet
    commit("1\n3\n4\n");
    commit("1\n7\n4\n");
    commit("1\n7\n8\n");
    assay("run").with(1);

    assay("failures").with(1).printing("1 test failed for one reason", "shop.CartTest", "adds");
    assay("failures", "explain", "shop.CartTest#adds").with(1).printing("expected 3");
    Json.Obj failures = JsonReader.read(assay("failures", "--json").with(1).out()).asObject();
    assertThat(failures.members()).isNotEmpty();

    Ended bisect =
        assay(
                "suite",
                "bisect",
                "shop.CartTest#adds",
                "--good",
                "begin",
                "--command",
                "sh suite.sh",
                "--reports",
                "reports/unit.xml")
            .with(0);
    assertThat(bisect.out()).contains("price 1,7,4");
    assertThat(git("worktree", "list").lines()).hasSize(1);
    assertThat(git("status", "--porcelain").strip()).isEmpty();
  }

  @Test
  void onlyTheTestsRunThatAChangeCanBreak() throws Exception {
    workspace(
        """
        workspace: shop
        checks:
          js: { suite: { node: js, select: affected, cache: accept } }
        """);
    write(
        "js/package.json", "{ \"type\": \"module\", \"scripts\": { \"test\": \"node --test\" } }");
    write("js/cart.js", "export const total = prices => prices.length;\n");
    write("js/vat.js", "export const rate = 25;\n");
    for (String name : List.of("cart", "vat")) {
      write(
          "js/" + name + ".test.js",
          "import test from 'node:test';\nimport * as it from './"
              + name
              + ".js';\ntest('"
              + name
              + "', () => { if (!it) throw 1; });\n");
    }
    git("add", "-A");
    git("commit", "-qm", "javascript");
    assay("run").with(0).printing("2 outcomes");

    write("js/vat.js", "export const rate = 26;\n");
    // a few per cent of what need not run is drawn by the seed and runs
    assay("run", "--seed", "7").with(0);

    String report = assay("report", "--json").with(0).out();
    assertThat(report).contains("not run, same inputs as run", "cart.test.js");
  }

  @Test
  void theTestsThatAChangeCanBreakAreNamed() throws Exception {
    write("py/shop/__init__.py", "");
    write("py/shop/cart.py", "def total(prices):\n    return sum(prices)\n");
    write("py/shop/vat.py", "RATE = 25\n");
    write(
        "py/tests/test_cart.py",
        "from shop.cart import total\ndef test(): assert total([1]) == 1\n");
    write("py/tests/test_vat.py", "from shop.vat import RATE\ndef test(): assert RATE == 25\n");
    write("py/pytest.ini", "[pytest]\n");
    git("add", "-A");
    git("commit", "-qm", "python");
    write("py/shop/vat.py", "RATE = 26\n");

    Json.Obj chosen =
        JsonReader.read(assay("suite", "select", "py", "--since", "HEAD", "--json").with(0).out())
            .asObject();

    List<String> run =
        chosen.array("decisions").stream()
            .map(Json::asObject)
            .filter(decision -> decision.get("run").asBool())
            .map(decision -> decision.text("test"))
            .toList();
    assertThat(run).containsExactly("tests/test_vat.py");
  }
}
