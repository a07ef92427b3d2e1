package dev.assay.suite.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests a change selects, by the classes alone. */
class StaticSelectionTest {

  @TempDir Path folder;
  private SmallProject project;

  @BeforeEach
  void aProjectThatPassed() throws IOException {
    project = new SmallProject(folder);
    project.main(
        "Cart", "public class Cart {\n int total() { return 1; }\n int count() { return 2; }\n}");
    project.main("Other", "public class Other { int value() { return 3; } }");
    project.test("CartTest", "new Cart().total();");
    project.test("OtherTest", "new Other().value();");
  }

  private List<String> selectedAfter(String name, String text) throws IOException {
    project.compile().pass();
    project.main(name, text).compile();
    return SmallProject.names(project.select());
  }

  @Test
  void withoutAChangeNothingRunsAndEachTestHasItsReason() throws IOException {
    project.compile();
    assertThat(project.pass().run()).extracting(Decision::kind).containsOnly(Decision.Kind.NEW);

    assertThat(project.select().decisions())
        .extracting(Decision::reason)
        .containsExactly("not run, same inputs as run run-1", "not run, same inputs as run run-1");
  }

  @Test
  void aMethodSelectsTheTestsThatReachIt() throws IOException {
    assertThat(
            selectedAfter(
                "Cart",
                "public class Cart {\n int total() { return 9; }\n int count() { return 2; }\n}"))
        .containsExactly("CartTest");
  }

  @Test
  void aMethodThatNoTestReachesSelectsNothing() throws IOException {
    assertThat(
            selectedAfter(
                "Cart",
                "public class Cart {\n int total() { return 1; }\n int count() { return 9; }\n}"))
        .isEmpty();
  }

  @Test
  void aCommentSelectsNothing() throws IOException {
    assertThat(
            selectedAfter(
                "Cart",
                "/** Told at length,\n"
                    + " * in lines. */\n"
                    + "public class Cart {\n"
                    + " // here\n"
                    + " int total() { return 1; }\n\n"
                    + " int count() { return 2; }\n"
                    + "}"))
        .isEmpty();
  }

  @Test
  void aNameOfALocalVariableSelectsNothing() throws IOException {
    project.main("Cart", "public class Cart { int total() { int a = 1; return a + a; } }");
    assertThat(
            selectedAfter("Cart", "public class Cart { int total() { int b = 1; return b + b; } }"))
        .isEmpty();
  }

  @Test
  void aConstantThatTheCompilerCopiedSelectsItsUsers() throws IOException {
    project.main("Limits", "class Limits { static final int MOST = 5; static final int MIN = 1; }");
    project.test("LimitTest", "if (Limits.MOST == 0) throw new Exception();");
    project.test("LeastTest", "if (Limits.MIN == 0) throw new Exception();");
    assertThat(
            selectedAfter(
                "Limits", "class Limits { static final int MOST = 6; static final int MIN = 1; }"))
        .containsExactly("LimitTest");
  }

  @Test
  void aConstantSelectsItsUsersEvenWhereOnlyItsOwnClassIsCompiledAgain() throws IOException {
    project.main("Limits", "class Limits { static final int MOST = 5; }");
    project.test("LimitTest", "if (Limits.MOST == 0) throw new Exception();");
    project.compile().pass();
    Path user = Path.of("target/test-classes/acme/LimitTest.class");
    byte[] before = java.nio.file.Files.readAllBytes(project.folder().resolve(user));
    project.main("Limits", "class Limits { static final int MOST = 6; }").compile();
    java.nio.file.Files.write(project.folder().resolve(user), before);

    assertThat(SmallProject.names(project.select())).containsExactly("LimitTest");
  }

  @Test
  void anOverrideSelectsTheCallersOfWhatItOverrides() throws IOException {
    project.main("Base", "public abstract class Base { abstract int cost(); }");
    project.main("Real", "class Real extends Base { int cost() { return 1; } }");
    project.main("Maker", "public class Maker { static Base make() { return new Real(); } }");
    project.test("BaseTest", "Maker.make().cost();");
    assertThat(selectedAfter("Real", "class Real extends Base { int cost() { return 2; } }"))
        .containsExactly("BaseTest");
  }

  @Test
  void aNewOverrideSelectsTheCallersToo() throws IOException {
    project.main("Base", "public class Base { int cost() { return 1; } }");
    project.main("Real", "class Real extends Base { }");
    project.main("Maker", "public class Maker { static Base make() { return new Real(); } }");
    project.test("BaseTest", "Maker.make().cost();");
    assertThat(selectedAfter("Real", "class Real extends Base { int cost() { return 2; } }"))
        .containsExactly("BaseTest");
  }

  @Test
  void whatCodeOutsideCallsBackIsReached() throws IOException {
    project.main(
        "Price",
        "public class Price implements Comparable<Price> {"
            + " public int compareTo(Price other) { return 0; } }");
    project.test("SortTest", "java.util.Arrays.sort(new Price[] {new Price(), new Price()});");
    assertThat(
            selectedAfter(
                "Price",
                "public class Price implements Comparable<Price> {"
                    + " public int compareTo(Price other) { return 1; } }"))
        .containsExactly("SortTest");
  }

  @Test
  void aLambdaAndAMethodReferenceAreReached() throws IOException {
    project.main("Twice", "public class Twice { static int of(int value) { return 2 * value; } }");
    project.test(
        "StreamTest", "java.util.stream.IntStream.of(1).map(Twice::of).map(v -> v + 1).sum();");
    assertThat(
            selectedAfter(
                "Twice", "public class Twice { static int of(int value) { return 3 * value; } }"))
        .containsExactly("StreamTest");
  }

  @Test
  void aStaticInitialiserIsReachedByWhoeverUsesTheClass() throws IOException {
    project.main(
        "Table",
        "public class Table { static int[] values = {1}; static int size() { return 1; } }");
    project.test("TableTest", "Table.size();");
    assertThat(
            selectedAfter(
                "Table",
                "public class Table { static int[] values = {2}; static int size() { return 1; }"
                    + " }"))
        .containsExactly("TableTest");
  }

  @Test
  void aClassThatIsOnlyNamedInATextIsReached() throws IOException {
    project.main("Hidden", "public class Hidden { public int value() { return 1; } }");
    project.test("NameTest", "Class.forName(\"acme.Hidden\").getMethod(\"value\");");
    assertThat(selectedAfter("Hidden", "public class Hidden { public int value() { return 2; } }"))
        .containsExactly("NameTest");
  }

  @Test
  void aServiceIsReachedThroughItsFile() throws IOException {
    project.main("Codec", "public interface Codec { int code(); }");
    project.main(
        "Plain", "public class Plain implements Codec { public int code() { return 1; } }");
    project.write("src/main/resources/META-INF/services/acme.Codec", "acme.Plain\n");
    project.test(
        "CodecTest", "java.util.ServiceLoader.load(Codec.class).findFirst().get().code();");
    assertThat(
            selectedAfter(
                "Plain", "public class Plain implements Codec { public int code() { return 2; } }"))
        .containsExactly("CodecTest");
  }

  @Test
  void aResourceSelectsTheTestsThatNameIt() throws IOException {
    project.write("src/main/resources/rates.csv", "1");
    project.test("RateTest", "getClass().getResource(\"/rates.csv\");");
    project.compile().pass();
    project.write("src/main/resources/rates.csv", "2").compile();

    assertThat(SmallProject.names(project.select())).containsExactly("RateTest");
  }

  @Test
  void aResourceThatNobodyNamesSelectsEverythingAndSaysSo() throws IOException {
    project.write("src/main/resources/logging.conf", "1").compile().pass();
    project.write("src/main/resources/logging.conf", "2").compile();
    Selection selection = project.select();

    assertThat(selection.skipped()).isEmpty();
    assertThat(selection.run())
        .extracting(Decision::reason)
        .containsOnly("logging.conf changed, so everything runs");
  }

  @Test
  void aBuildFileSelectsEverythingAndSaysSo() throws IOException {
    project.compile().pass();
    project.write("pom.xml", "<project><version>2</version></project>");

    assertThat(project.select().run())
        .hasSize(2)
        .extracting(Decision::reason)
        .containsOnly("pom.xml changed, so everything runs");
  }

  @Test
  void nativeCodeSelectsEverything() throws IOException {
    project.write("src/main/native/fast.c", "int x;").compile().pass();
    project.write("src/main/native/fast.c", "int y;");

    assertThat(project.select().run()).hasSize(2);
  }

  @Test
  void aDocumentSelectsNothing() throws IOException {
    project.write("README.md", "one").compile().pass();
    project.write("README.md", "two");

    assertThat(project.select().run()).isEmpty();
  }

  @Test
  void aNewTestRuns() throws IOException {
    project.compile().pass();
    project.test("FreshTest", "").compile();

    assertThat(SmallProject.names(project.select())).containsExactly("FreshTest");
  }

  @Test
  void aTestThatFailedRunsUntilItHasPassedSomeTimes() throws IOException {
    project.compile().pass("acme.OtherTest");
    for (int passes = 0; passes < 3; passes++) {
      assertThat(SmallProject.names(project.pass())).containsExactly("OtherTest");
    }
    project.pass();

    assertThat(project.select().run()).isEmpty();
  }

  @Test
  void whatWasNotCompiledSelectsEverything() throws IOException {
    project.compile().pass();
    project.main("Later", "class Later {}");

    assertThat(project.select().run())
        .hasSize(2)
        .extracting(Decision::reason)
        .containsOnly("acme/Later.java is not compiled, so everything runs until it is compiled");
  }

  @Test
  void aSourceThatIsGoneSelectsEverythingUntilItsClassesAreGone() throws IOException {
    project.main("Gone", "class Gone {}").compile().pass();
    project.delete("src/main/java/acme/Gone.java");
    assertThat(project.select().run()).hasSize(2);

    project.compile();
    assertThat(project.select().run()).isEmpty();
  }

  @Test
  void aNestedTestGoesWithTheClassAroundIt() throws IOException {
    project.write(
        "src/test/java/acme/OuterTest.java",
        """
        package acme;
        class OuterTest {
          @org.junit.jupiter.api.Nested class Inner {
            @org.junit.jupiter.api.Test void test() { new Cart().count(); }
          }
        }
        """);
    assertThat(
            selectedAfter(
                "Cart",
                "public class Cart {\n int total() { return 1; }\n int count() { return 9; }\n}"))
        .containsExactly("OuterTest");
  }

  @Test
  void twoModulesAreOneProject() throws IOException {
    project.write("core/pom.xml", "<project/>").compile().pass();
    Path classes = project.folder().resolve("core/target/classes");
    java.nio.file.Files.createDirectories(classes);
    java.nio.file.Files.move(
        project.folder().resolve("target/classes/acme"), classes.resolve("acme"));
    assertThat(project.select().run()).isEmpty();
  }
}
