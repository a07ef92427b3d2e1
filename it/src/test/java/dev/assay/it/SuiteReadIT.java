package dev.assay.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code assay suite read}. */
class SuiteReadIT extends Scenario {

  @BeforeEach
  void reports() {
    write(
        "unit.xml",
        """
        <testsuite name="unit" tests="9" failures="1">
          <testcase classname="A" name="adds" time="0.25"/>
          <testcase classname="A" name="fails" time="0.5"><failure message="no"/></testcase>
        </testsuite>
        """);
    write("lcov.info", "SF:a.js\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nend_of_record\n");
    write("cut.xml", "<testsuite>\n<testcase name='a'><failure message='no'>tr");
    write("page.xml", "<html><body>no report</body></html>");
  }

  private static List<Json.Obj> objects(Ended ended) {
    return ended.out().lines().map(line -> JsonReader.read(line).asObject()).toList();
  }

  @Test
  void eachFileIsALineOfJson() {
    List<Json.Obj> read =
        objects(assay("suite", "read", "unit.xml", "lcov.info", "--json").with(0));
    assertThat(read).hasSize(2);
    assertThat(read.getFirst().text("file")).isEqualTo("unit.xml");
    assertThat(read.getFirst().text("format")).isEqualTo("junit");
    assertThat(read.getFirst().whole("tests")).isEqualTo(2);
    assertThat(read.getFirst().whole("failures")).isEqualTo(1);
    assertThat(read.getFirst().get("duration_s")).isEqualTo(Json.of(0.75));
    assertThat(read.getFirst().array("notices")).hasSize(1);
    assertThat(read.getLast().whole("lines_covered")).isEqualTo(1);
    assertThat(read.getLast().whole("lines_valid")).isEqualTo(2);
    assertThat(read.getLast().whole("branches_valid")).isEqualTo(1);
  }

  @Test
  void peopleGetATableAndWhatIsOdd() {
    assay("suite", "read", "unit.xml", "lcov.info")
        .with(0)
        .printing("unit.xml   junit", "2 tests, 1 failed, 0 errors, 0 skipped, 0.750 s")
        .printing("1 of 2 lines (50.0 %)")
        .saying("note: unit.xml:", "says 9 tests, 1 failed, but its entries are 2 tests, 1 failed");
  }

  @Test
  void aDamagedReportIsCountedAsFarAsItGoesAndDecidesNothing() {
    Ended ended = assay("suite", "read", "cut.xml", "--json").with(2);
    ended.saying("ASSAY-SUITE-012", "cut.xml:2:", "ends inside <failure>");
    Json.Obj read = objects(ended).getFirst();
    assertThat(read.whole("failures")).isEqualTo(1);
    assertThat(read.get("grave")).isEqualTo(Json.of(true));
  }

  @Test
  void whatIsNoReportDoesNotKeepTheOthersFromBeingRead() {
    Ended ended = assay("suite", "read", "page.xml", "missing.xml", "unit.xml", "--json").with(3);
    ended.saying("ASSAY-SUITE-010", "web page", "ASSAY-SUITE-011", "there is no such file");
    List<Json.Obj> read = objects(ended);
    assertThat(read).hasSize(3);
    assertThat(read.get(0).members().get("format")).isEqualTo(Json.Null.VALUE);
    assertThat(read.get(1).object("problem").text("code")).isEqualTo("ASSAY-SUITE-011");
    assertThat(read.get(2).whole("tests")).isEqualTo(2);
  }
}
