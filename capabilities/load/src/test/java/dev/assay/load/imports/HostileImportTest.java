package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.ProblemException;
import dev.assay.api.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody exports on purpose: it is refused with a problem, or becomes well-formed YAML. */
class HostileImportTest {

  @ParameterizedTest
  @CsvSource({
    "HAR, firefox.har",
    "CURL, script.curl",
    "CURL, firefox.curl",
    "POSTMAN, shop.postman_collection.json",
    "OPENAPI, petstore.yaml",
    "OPENAPI, swagger.json"
  })
  void aFileCutShortOrChangedAnywhereIsReadOrRefused(ImportSource source, String name) {
    byte[] whole = Imported.resource(name).getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < 300; i++) {
      byte[] changed = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      assertReadOrRefused(source, changed);
      byte[] spoilt = whole.clone();
      for (int j = random.nextInt(1, 6); j > 0; j--) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
      }
      assertReadOrRefused(source, spoilt);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rubbishIsRefused(ImportSource source) {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 300; i++) {
      byte[] rubbish = new byte[random.nextInt(200)];
      random.nextBytes(rubbish);
      assertReadOrRefused(source, rubbish);
    }
  }

  private static void assertReadOrRefused(ImportSource source, byte[] bytes) {
    try {
      ImportResult result = LoadImport.read(source, "input", bytes, ImportOptions.named("shop"));
      assertThat(Imported.read(result.yaml())).isInstanceOf(java.util.Map.class);
    } catch (ProblemException refused) {
      assertThat(refused.problems())
          .allSatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.USER);
            assertThat(problem.code()).startsWith("ASSAY-LOAD-3");
          });
    }
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000);

    assertThat(Imported.problem(ImportSource.HAR, "{\"log\":" + deep).code())
        .isEqualTo("ASSAY-LOAD-302");
    assertThat(Imported.problem(ImportSource.OPENAPI, "openapi: " + deep).code())
        .isIn("ASSAY-LOAD-301", "ASSAY-LOAD-302");
  }

  @Test
  void aliasesThatUnfoldWithoutEndAreRefused() {
    StringBuilder bomb = new StringBuilder("openapi: 3.1.0\na0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(Imported.problem(ImportSource.OPENAPI, bomb.toString()).code())
        .isEqualTo("ASSAY-LOAD-301");
  }

  @Test
  void schemasThatUnfoldWithoutEndAreBounded() {
    StringBuilder text =
        new StringBuilder(
            "openapi: 3.1.0\npaths: { /a: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/s/s0' } } } } } } }\ns:\n");
    for (int i = 0; i < 12; i++) {
      text.append("  s").append(i).append(": { type: object, properties: {");
      for (int j = 0; j < 10; j++) {
        text.append(" p").append(j).append(": { $ref: '#/s/s").append(i + 1).append("' },");
      }
      text.append(" } }\n");
    }
    text.append("  s12: { type: string }\n");

    assertThat(Imported.of(ImportSource.OPENAPI, text.toString()).yaml().length())
        .isLessThan(1 << 20);
  }

  @Test
  void tooLargeAFileIsRefused() {
    assertThat(Imported.problem(ImportSource.CURL, " ".repeat((4 << 20) + 1)).code())
        .isEqualTo("ASSAY-LOAD-301");
  }

  @Test
  void moreStepsThanAFlowMayHaveAreRefused() {
    assertThat(Imported.problem(ImportSource.CURL, "curl http://h.test/a\n".repeat(2001)).code())
        .isEqualTo("ASSAY-LOAD-301");
  }

  @Test
  void aByteThatIsNotUtf8IsShownAtItsPlace() {
    byte[] bytes = {'{', '\n', ' ', (byte) 0xe9, '}'};
    ProblemException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            ProblemException.class,
            () -> LoadImport.read(ImportSource.HAR, "a.har", bytes, ImportOptions.named("a")));

    assertThat(refused.problems().getFirst().where().text()).isEqualTo("a.har:2:2");
  }

  @Test
  void whatIsRecordedCannotAddAKeyToTheWorkspace() {
    Imported imported =
        Imported.of(
            ImportSource.CURL,
            "curl 'http://h.test/a' -X $'GET\\nchecks: {}' -H $'X\\nservices: {}: 1' --fro$'\\nvariables: {a: b}'b");

    assertThat(imported.workspace().keySet().stream().map(String::valueOf).toList())
        .containsExactly("workspace", "environments", "checks");
  }
}
