package dev.assay.suite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.evidence.Attempt.Result;
import dev.assay.api.evidence.Finding;
import dev.assay.api.evidence.Finding.Severity;
import dev.assay.api.evidence.Measured;
import dev.assay.api.evidence.Measurement;
import dev.assay.api.evidence.Outcome;
import dev.assay.suite.SuiteConfiguration.Cache;
import dev.assay.testkit.RecordingSink;
import dev.assay.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real Maven of which only the tests run that a change can break. */
class SelectedSuiteTest {

  private static final String TESTS = "app/src/test/java/acme/";
  private static final String CODE = "app/src/main/java/acme/";

  @TempDir Path workspace;
  @TempDir Path scratch;
  private int runs;

  @BeforeEach
  void aProject() throws IOException {
    write("app/pom.xml", Files.readString(Path.of("src/test/resources/fixture/pom.xml")));
    write(
        CODE + "Cart.java", "package acme; public class Cart { public int total() { return 1; } }");
    write(
        CODE + "Till.java", "package acme; public class Till { public int open() { return 1; } }");
    test("CartTest", "org.junit.jupiter.api.Assertions.assertEquals(1, new Cart().total());");
    // its name is put together at run time, so that no code tells what it depends on
    test(
        "TillTest",
        "Object till = Class.forName(\"acme.T\" + \"xill\".substring(1)).getConstructor()"
            + ".newInstance(); org.junit.jupiter.api.Assertions.assertEquals(1,"
            + " till.getClass().getMethod(\"open\").invoke(till));");
  }

  private void write(String path, String text) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void test(String name, String body) throws IOException {
    write(
        TESTS + name + ".java",
        "package acme; class "
            + name
            + " { @org.junit.jupiter.api.Test void test() throws Exception { "
            + body
            + " } }");
  }

  private RecordingSink run(Cache cache) throws Exception {
    RecordingSink sink = new RecordingSink("check");
    Path own = Files.createDirectories(scratch.resolve("run-" + ++runs));
    // a seed that draws no sample of two
    TestContext context = new TestContext(workspace, own, null, 42);
    new SuiteCheckType()
        .prepare(Suites.of("maven", "app").goals("-o test").affected(cache).build())
        .run(context, sink);
    return sink;
  }

  /** What findings say, by their rules. */
  private static Map<String, String> findings(RecordingSink sink) {
    return sink.of(Finding.class).stream()
        .collect(Collectors.toMap(Finding::rule, Finding::message, (first, second) -> first));
  }

  private static List<String> ran(RecordingSink sink) {
    return sink.outcomes().stream()
        .filter(outcome -> outcome.result() != Result.SKIPPED)
        .map(Outcome::suite)
        .toList();
  }

  private static double measured(RecordingSink sink, String metric) {
    return sink.of(Measurement.class).stream()
        .filter(each -> each.metric().equals(metric))
        .map(each -> ((Measured.Scalar) each.value()).value())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyWhatAChangeCanBreakRunsAlsoWhereOnlyItsExecutionTells() throws Exception {
    assertThat(ran(run(Cache.ACCEPT))).containsExactlyInAnyOrder("acme.CartTest", "acme.TillTest");

    RecordingSink unchanged = run(Cache.ACCEPT);
    assertThat(ran(unchanged)).isEmpty();
    assertThat(measured(unchanged, "standing")).isEqualTo(2);
    assertThat(unchanged.of(Finding.class))
        .extracting(Finding::rule)
        .contains("suite.stands-by-earlier-run")
        .doesNotContain("suite.not-run", "suite.not-traced", "suite.no-tests");

    write(
        CODE + "Till.java", "package acme; public class Till { public int open() { return 2; } }");
    RecordingSink broken = run(Cache.ACCEPT);
    assertThat(ran(broken)).containsExactly("acme.TillTest");
    assertThat(new String(broken.content("output.log"), UTF_8))
        .as("one pass of Maven compiles what has changed, and runs its tests")
        .contains("Compiling 2 source files", "Running acme.TillTest");
    assertThat(findings(broken)).doesNotContainKey("suite.two-passes");
    assertThat(measured(broken, "standing.failed")).isEqualTo(1);
    assertThat(broken.outcomes())
        .filteredOn(outcome -> outcome.suite().equals("acme.CartTest"))
        .singleElement()
        .satisfies(outcome -> {
          assertThat(outcome.result()).isEqualTo(Result.SKIPPED);
          assertThat(outcome.attempts().getLast().message())
              .contains("not run, same inputs as run");
        });

    // what failed runs again although nothing has changed
    assertThat(ran(run(Cache.ACCEPT))).containsExactly("acme.TillTest");
  }

  @Test
  void aResourceThatIsCopiedByTheSamePassIsSeen() throws Exception {
    write("app/src/main/resources/price.txt", "1");
    test(
        "PriceTest",
        "org.junit.jupiter.api.Assertions.assertEquals('1',"
            + " Cart.class.getResourceAsStream(\"/price.txt\").read());");
    run(Cache.ACCEPT);

    write("app/src/main/resources/price.txt", "2");
    assertThat(ran(run(Cache.ACCEPT))).containsExactly("acme.PriceTest");
  }

  @Test
  void aBuildWithAnExtensionInThatPlaceTakesTwoPassesAndSaysSo() throws Exception {
    write("app/.mvn/maven.config", "-Dmaven.ext.class.path=/nowhere.jar\n");
    run(Cache.ACCEPT);

    write(
        CODE + "Till.java", "package acme; public class Till { public int open() { return 2; } }");
    RecordingSink sink = run(Cache.ACCEPT);
    assertThat(ran(sink)).containsExactly("acme.TillTest");
    assertThat(findings(sink).get("suite.two-passes")).contains("maven.ext.class.path");
  }

  @Test
  void aMavenThatDoesNotAskRunsEverythingAndIsNotReliedOnAgain() throws Exception {
    // takes the extension away from the real Maven
    write(
        "app/mvnw",
        "#!/bin/bash\nfor word; do [[ $word == -Dmaven.ext.* ]] || words+=(\"$word\"); done\n"
            + "exec mvn \"${words[@]}\"\n");
    assertThat(workspace.resolve("app/mvnw").toFile().setExecutable(true)).isTrue();
    assertThat(findings(run(Cache.ACCEPT)).get("suite.everything-runs")).contains("did not ask");

    write(
        CODE + "Till.java", "package acme; public class Till { public int open() { return 2; } }");
    RecordingSink sink = run(Cache.ACCEPT);
    assertThat(ran(sink)).containsExactly("acme.TillTest");
    assertThat(findings(sink).get("suite.two-passes")).contains("did not let");
  }

  @Test
  void eachModuleOfABuildIsAskedForWhenWhatItUsesIsCompiled() throws Exception {
    modules("goods", "shop", "weather");
    module("goods", "", "Tea", "return 1;");
    module(
        "shop",
        "<dependencies><dependency><groupId>acme</groupId><artifactId>goods</artifactId>"
            + "<version>1</version></dependency></dependencies>",
        "Order",
        "return new Tea().get();");
    module("weather", "", "Rain", "return 1;");
    assertThat(ran(run(Cache.ACCEPT)))
        .containsExactlyInAnyOrder("acme.TeaTest", "acme.OrderTest", "acme.RainTest");

    module("goods", "", "Tea", "return Integer.parseInt(\"1\");");
    RecordingSink used = run(Cache.ACCEPT);
    assertThat(ran(used)).containsExactlyInAnyOrder("acme.TeaTest", "acme.OrderTest");
    assertThat(measured(used, "standing")).isEqualTo(3);

    module("weather", "", "Rain", "return 2;");
    RecordingSink unused = run(Cache.ACCEPT);
    assertThat(ran(unused)).containsExactly("acme.RainTest");
    assertThat(measured(unused, "standing.failed")).isEqualTo(1);
    assertThat(findings(unused)).doesNotContainKeys("suite.everything-runs", "suite.two-passes");
  }

  private void modules(String... names) throws IOException {
    String pom = Files.readString(Path.of("src/test/resources/fixture/pom.xml"));
    String list =
        Arrays.stream(names).map(name -> "<module>" + name + "</module>").collect(joining());
    write(
        "app/pom.xml",
        pom.replace("dev.assay.fixture", "acme")
            .replace(">fixture<", ">all<")
            .replaceFirst("<version>1</version>", "<version>1</version><packaging>pom</packaging>")
            .replace("<properties>", "<modules>" + list + "</modules><properties>"));
    for (String old :
        List.of(
            "src/main/java/acme/Cart.java",
            "src/main/java/acme/Till.java",
            "src/test/java/acme/CartTest.java",
            "src/test/java/acme/TillTest.java")) {
      Files.delete(workspace.resolve("app").resolve(old));
    }
  }

  /** A module with one class and its test, which holds while {@code get()} is 1. */
  private void module(String name, String dependencies, String type, String body)
      throws IOException {
    write(
        "app/" + name + "/pom.xml",
        "<project><modelVersion>4.0.0</modelVersion><parent><groupId>acme</groupId>"
            + "<artifactId>all</artifactId><version>1</version></parent><artifactId>"
            + name
            + "</artifactId>"
            + dependencies
            + "</project>");
    write(
        "app/" + name + "/src/main/java/acme/" + type + ".java",
        "package acme; public class " + type + " { public int get() { " + body + " } }");
    write(
        "app/" + name + "/src/test/java/acme/" + type + "Test.java",
        "package acme; class "
            + type
            + "Test { @org.junit.jupiter.api.Test void test() {"
            + " org.junit.jupiter.api.Assertions.assertEquals(1, new "
            + type
            + "().get()); } }");
  }

  @Test
  void whatWasNotRunIsNoPass() throws Exception {
    run(Cache.REFUSE);

    assertThat(run(Cache.REFUSE).of(Finding.class))
        .filteredOn(finding -> finding.severity() == Severity.INVALID)
        .extracting(Finding::rule)
        .containsExactly("suite.not-run");
  }
}
