package dev.assay.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an analyser means by its results is not always written beside them. */
class SarifReaderTest {

  private final List<Discovery> told = new ArrayList<>();

  private Report.FindingsReport read(String runs) throws IOException {
    byte[] bytes =
        ("{\"version\":\"2.1.0\",\"runs\":[" + runs.replace('\'', '"') + "]}")
            .getBytes(StandardCharsets.UTF_8);
    ReportListener listener =
        new ReportListener() {
          @Override
          public void finding(Discovery found) {
            told.add(found);
          }
        };
    return (Report.FindingsReport)
        Reports.read(() -> new ByteArrayInputStream(bytes), "report", listener);
  }

  private static long[] counts(Report.FindingsReport report) {
    return new long[] {report.findings(), report.errors(), report.warnings(), report.suppressed()};
  }

  @Test
  void aResultWithoutALevelHasThatOfItsRuleWhereverTheRuleStands() throws IOException {
    // as CodeQL writes it: rules in an extension, behind the results, and named by their place
    Report.FindingsReport report =
        read(
            "{'results':[{'ruleId':'java/sql-injection','rule':{'id':'java/sql-injection','index':0,"
                + "'toolComponent':{'index':0}},'message':{'text':'query of user input'},"
                + "'locations':[{'physicalLocation':{'artifactLocation':{'uri':'src/Shop.java'},"
                + "'region':{'startLine':7}}}],"
                + "'partialFingerprints':{'primaryLocationLineHash':'39fa2ee980eb94b0:1'}},"
                + "{'ruleId':'plain','message':{'text':'?'}}],"
                + "'tool':{'driver':{'name':'CodeQL','rules':[{'id':'plain'}]},"
                + "'extensions':[{'name':'codeql/java-queries','rules':[{'id':'java/sql-injection',"
                + "'defaultConfiguration':{'level':'error'}}]}]}}");
    assertThat(counts(report)).containsExactly(2, 1, 1, 0);
    assertThat(told.getFirst())
        .isEqualTo(
            new Discovery(
                "CodeQL",
                "java/sql-injection",
                "error",
                "src/Shop.java:7",
                "query of user input",
                "2primaryLocationLineHash=39fa2ee980eb94b0:1"));
  }

  @Test
  void anInvocationMayGiveARuleAnotherLevel() throws IOException {
    String rules =
        "'tool':{'driver':{'name':'lint','rules':[{'id':'CA1000'},{'id':'CA2000',"
            + "'defaultConfiguration':{'level':'note'}}]}},";
    Report.FindingsReport report =
        read(
            "{"
                + rules
                + "'invocations':[{'executionSuccessful':true,'ruleConfigurationOverrides':["
                + "{'descriptor':{'index':1},'configuration':{'level':'error'}}]}],"
                + "'results':[{'ruleId':'CA2000/more','message':{'text':'a'}},"
                + "{'ruleId':'CA2000','level':'note','message':{'text':'b'}},"
                + "{'ruleIndex':0,'message':{'text':'c'}}]}");
    assertThat(counts(report)).containsExactly(3, 1, 1, 0);
    assertThat(told).extracting(Discovery::rule).containsExactly("CA2000/more", "CA2000", "CA1000");
  }

  @Test
  void whatIsAcceptedOrWasThereOnlyEarlierIsNotWrong() throws IOException {
    String error = "{'level':'error','message':{'text':'x'},";
    Report.FindingsReport report =
        read(
            "{'tool':{'driver':{'name':'t'}},'results':["
                + error
                + "'suppressions':[{'kind':'inSource'}]},"
                + error
                + "'suppressions':[{'kind':'external','status':'accepted'}]},"
                + error
                + "'suppressions':[{'kind':'external','status':'underReview'}]},"
                + error
                + "'suppressions':[]},"
                + error
                + "'baselineState':'absent'},"
                + error
                + "'baselineState':'unchanged'},"
                + error
                + "'kind':'pass'},"
                + error
                + "'kind':'review'}]}");
    // that under review, that without a suppression, and that which is unchanged
    assertThat(counts(report)).containsExactly(6, 3, 0, 2);
    assertThat(told).hasSize(4).noneMatch(found -> found.message().isEmpty());
  }

  @Test
  void aMessageMayStandWithItsRule() throws IOException {
    read(
        "{'tool':{'driver':{'name':'t','rules':[{'id':'R','shortDescription':{'text':'short'},"
            + "'messageStrings':{'default':{'text':'{0} is used in {1}'}}}]}},'results':["
            + "{'ruleId':'R','message':{'id':'default','arguments':['MD5','sign()']}},"
            + "{'ruleId':'R'}]}");
    assertThat(told)
        .extracting(Discovery::message)
        .containsExactly("MD5 is used in sign()", "short");
  }

  @Test
  void nothingWasFoundWhereNobodyLooked() throws IOException {
    assertThat(read("").grave()).isTrue();
    assertThat(read("{'tool':{'driver':{'name':'t'}}}").grave()).isTrue();
    assertThat(read("{'tool':{'driver':{'name':'t'}},'results':null}").grave()).isTrue();
    Report.FindingsReport broke =
        read(
            "{'tool':{'driver':{'name':'t'}},'invocations':[{'executionSuccessful':false}],"
                + "'results':[]}");
    assertThat(broke.grave()).isTrue();
    assertThat(broke.notices().getFirst().message()).contains("a run of t that says");
    assertThat(read("{'tool':{'driver':{'name':'t'}},'results':[]}").grave()).isFalse();
  }

  @Test
  void aThousandKindsOfNonsenseDoNoHarm() throws IOException {
    Report.FindingsReport report =
        read(
            "{'tool':[],'invocations':{},'results':[1,null,'x',[],{'rule':7,'ruleIndex':-3,"
                + "'level':{},'locations':{},'suppressions':3,'message':[],'provenance':'?'},"
                + "{'ruleIndex':1e300,'ruleId':'////'}]}");
    assertThat(counts(report)).containsExactly(6, 0, 6, 0);
  }
}
