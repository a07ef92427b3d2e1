package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiImportTest {

  private static final String HEAD = "openapi: 3.0.3\npaths:\n";

  private static Imported description(String paths) {
    return Imported.of(ImportSource.OPENAPI, HEAD + paths);
  }

  private static Object body(String schema) {
    return description(
            "  /a:\n    post:\n      requestBody: { content: { application/json: { schema: "
                + schema
                + " } } }\n")
        .step(0)
        .get("json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ type: string, format: email }|kim@example.com",
        "{ type: string, minLength: 6, format: ipv4, maxLength: 9 }|192.0.2.1",
        "{ type: string, pattern: '^[A-Z]{2}\\d{3}$' }|AA111",
        "{ type: string, enum: [b, a] }|b",
        "{ type: string, default: c, enum: [b, c] }|c",
        "{ type: string, example: d, default: c }|d",
        "{ type: [string, 'null'], examples: [e] }|e",
        "{ const: f }|f",
        "{ oneOf: [ { type: 'null' }, { type: string, format: date } ] }|2026-01-31"
      })
  void textsAreOfTheSchema(String schema, String value) {
    assertThat(body(schema)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ type: integer }|1",
        "{ type: integer, minimum: 10 }|10",
        "{ type: integer, maximum: -5 }|-5",
        "{ type: integer, minimum: 10, exclusiveMinimum: true }|11",
        "{ type: integer, exclusiveMinimum: 4 }|5",
        "{ type: integer, minimum: 3, multipleOf: 5 }|5"
      })
  void numbersKeepTheirBounds(String schema, int value) {
    assertThat(body(schema)).isEqualTo(value);
  }

  @Test
  void aSchemaThatHoldsItselfEnds() {
    Imported imported =
        description(
            """
              /a: { post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/T' } } } } } }
            components:
              schemas:
                T: { type: object, required: [name, child], properties: { name: { type: string }, child: { $ref: '#/components/schemas/T' }, all: { type: array, items: { $ref: '#/components/schemas/T' } } } }
            """);
    Map<String, Object> expected = new java.util.HashMap<>();
    expected.put("name", "name");
    expected.put("child", null);

    assertThat(imported.step(0).get("json")).isEqualTo(expected);
  }

  @Test
  void whatIsMadeLastIsDeletedFirst() {
    Imported imported =
        description(
            """
              /a/{id}: { delete: { operationId: dA }, get: { operationId: gA } }
              /b: { post: { operationId: pB } }
              /b/{id}: { delete: { operationId: dB }, put: { operationId: uB } }
              /a: { get: { operationId: lA }, post: { operationId: pA } }
              /a/{id}/c/{cid}: { delete: { operationId: dC } }
            """);

    assertThat(imported.flow().stream().map(step -> ((Map<?, ?>) step).get("name")).toList())
        .isEqualTo(List.of("pA", "lA", "gA", "pB", "uB", "dB", "dC", "dA"));
  }

  @Test
  void aReferenceThatLeadsNowhereIsShownAtItsPlace() {
    Problem problem =
        Imported.problem(
            ImportSource.OPENAPI,
            HEAD + "  /a:\n    get:\n      parameters:\n        - $ref: '#/components/none'\n");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-305");
    assertThat(problem.where().text()).isEqualTo("input:6:17");
  }

  @Test
  void referencesInACircleAreAProblem() {
    Problem problem =
        Imported.problem(
            ImportSource.OPENAPI,
            HEAD
                + "  /a: { get: { parameters: [ { $ref: '#/x' } ] } }\nx: { $ref: '#/y' }\ny: { $ref: '#/x' }\n");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-305");
    assertThat(problem.what()).contains("circle");
  }

  @Test
  void aReferenceToAnotherFileIsNotFollowed() {
    Problem problem =
        Imported.problem(
            ImportSource.OPENAPI,
            HEAD + "  /a: { get: { parameters: [ { $ref: /etc/passwd } ] } }\n");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-305");
  }

  @Test
  void aTabIsShownAtItsPlace() {
    Problem problem = Imported.problem(ImportSource.OPENAPI, HEAD + "  /a:\n\tget: {}\n");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-302");
    assertThat(problem.where().text()).startsWith("input:4:");
  }

  @Test
  void aFileOfAnotherKindIsAProblem() {
    assertThat(Imported.problem(ImportSource.OPENAPI, "services: {}\n").code())
        .isEqualTo("ASSAY-LOAD-303");
    assertThat(Imported.problem(ImportSource.OPENAPI, "openapi: 3.1.0\n").code())
        .isEqualTo("ASSAY-LOAD-303");
    assertThat(Imported.problem(ImportSource.OPENAPI, "openapi: 3.1.0\npaths: {}\n").code())
        .isEqualTo("ASSAY-LOAD-304");
  }
}
