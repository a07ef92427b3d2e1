package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of Allure's results says beside how each test ended. */
class AllureFolderTest {

  @TempDir Path folder;

  private void result(String file, String members) throws IOException {
    Files.writeString(
        folder.resolve(file + "-result.json"),
        ("{'uuid':'" + file + "'," + members + "}").replace('\'', '"'));
  }

  private List<TestCase> read() throws IOException {
    List<TestCase> cases = new ArrayList<>();
    ReportListener listener =
        new ReportListener() {
          @Override
          public void testCase(TestCase testCase) {
            cases.add(testCase);
          }
        };
    Report _ = Reports.read(folder, "results", listener);
    return cases;
  }

  @Test
  void triesOfOneTestAreItsAttemptsInTheirOrder() throws IOException {
    result("z", "'historyId':'h','name':'pays','status':'failed','start':1,'stop':10");
    result("m", "'historyId':'h','name':'pays','status':'broken','start':11,'stop':20");
    result("a", "'historyId':'h','name':'pays','status':'passed','start':21,'stop':30");
    TestCase only = read().getFirst();
    assertThat(only.result()).isEqualTo(Attempt.Result.PASSED);
    assertThat(only.attempts())
        .extracting(Attempt::result)
        .containsExactly(Attempt.Result.FAILED, Attempt.Result.ERROR, Attempt.Result.PASSED);
  }

  @Test
  void parametersTellTestsOfOneNameApart() throws IOException {
    String test = "'fullName':'shop.Cart#adds','name':'adds','status':'passed','parameters':[";
    result("a", "'historyId':'1'," + test + "{'name':'currency','value':'EUR'}]");
    result(
        "b",
        "'historyId':'2',"
            + test
            + "{'name':'currency','value':'USD'},"
            + "{'name':'token','value':'secret','mode':'masked'},"
            + "{'name':'at','value':'12:00','excluded':true}]");
    result(
        "c",
        "'historyId':'3','name':'alone','status':'passed','parameters':[{'name':'x','value':'1'}]");
    assertThat(read())
        .extracting(TestCase::name)
        .containsExactlyInAnyOrder("adds [currency=EUR]", "adds [currency=USD]", "alone");
  }

  @Test
  void aFailureNamesItsStepAndItsSuite() throws IOException {
    result(
        "a",
        "'name':'pays','status':'failed','statusDetails':{'message':'no','trace':'at Pay.java:7'},"
            + "'steps':[{'name':'open','status':'passed','steps':[]},"
            + "{'name':'buy','steps':[{'name':'click','status':'passed'},"
            + "{'status':'failed','name':'see the total'}],'status':'failed'},"
            + "{'name':'close','status':'skipped'}],"
            + "'labels':[{'name':'parentSuite','value':'web'},{'name':'suite','value':'Checkout'},"
            + "{'name':'tag','value':'slow'}]");
    TestCase failed = read().getFirst();
    assertThat(failed.suite()).isEqualTo("web › Checkout");
    assertThat(failed.attempts().getFirst().detail())
        .isEqualTo("at Pay.java:7\nin the step buy › see the total");
  }
}
