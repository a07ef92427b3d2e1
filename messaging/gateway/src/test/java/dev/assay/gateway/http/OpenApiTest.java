package dev.assay.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.testkit.OpenApiLinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description says what the router knows, and nothing else; and it is sound in itself. */
class OpenApiTest {

  private static final List<String> EXTENSIONS =
      List.of("/v1/schedules", "/v1/templates", "/v1/opt-outs");

  private final Json.Obj document = OpenApi.document();

  private interface Each {
    void operation(String path, String method, Json.Obj operation);
  }

  private void each(Each each) {
    document
        .object("paths")
        .members()
        .forEach((path, methods) ->
            methods
                .asObject()
                .members()
                .forEach(
                    (method, operation) -> each.operation(path, method, operation.asObject())));
  }

  @Test
  void itListsAllPathsOfTheRouterAndNoOthers() {
    Set<String> described = new TreeSet<>();
    each((path, method, _) -> {
      if (EXTENSIONS.stream().noneMatch(path::startsWith)) {
        described.add(
            method.toUpperCase(java.util.Locale.ROOT) + " " + path.replaceAll("\\{[^}]*}", "*"));
      }
    });

    assertThat(described).isEqualTo(new TreeSet<>(Api.ROUTES.keySet()));
  }

  @Test
  void aLinterHasNothingToSay(@TempDir Path folder) throws Exception {
    assumeTrue(OpenApiLinter.here(), OpenApiLinter.ABSENT);

    assertThat(OpenApiLinter.lint(JsonWriter.pretty(document), folder)).isEmpty();
  }

  @Test
  void operationsHaveNamesOfTheirOwnAndSayWhatTheyDo() {
    Set<String> names = new HashSet<>();
    each((path, method, operation) -> {
      assertThat(names.add(operation.text("operationId"))).as(method + " " + path).isTrue();
      assertThat(operation.text("summary")).as(method + " " + path).isNotBlank();
      assertThat(operation.object("responses").members()).as(path).hasSizeGreaterThan(1);
    });
  }

  @Test
  void whatVariesInAPathIsAParameterOfIt() {
    each((path, method, operation) -> {
      Set<String> written = new TreeSet<>();
      var braces = java.util.regex.Pattern.compile("\\{([^}]*)}").matcher(path);
      while (braces.find()) {
        written.add(braces.group(1));
      }
      Set<String> declared = new TreeSet<>();
      if (operation.find("parameters") != null) {
        for (Json each : operation.array("parameters")) {
          if (each.asObject().text("in").equals("path")) {
            declared.add(each.asObject().text("name"));
          }
        }
      }
      assertThat(declared).as(method + " " + path).isEqualTo(written);
    });
  }

  @Test
  void everythingThatIsReferredToIsThere() {
    List<String> references = new ArrayList<>();
    collect(document, references);

    assertThat(references).isNotEmpty();
    for (String reference : references) {
      Json at = document;
      for (String step : reference.substring(2).split("/")) {
        at = at.asObject().find(step);
        assertThat(at).as(reference).isNotNull();
      }
    }
  }

  private static void collect(Json json, List<String> to) {
    switch (json) {
      case Json.Obj object ->
          object
              .members()
              .forEach((name, value) -> {
                if (name.equals("$ref")) {
                  to.add(value.asText());
                }
                collect(value, to);
              });
      case Json.Array array -> array.asArray().forEach(each -> collect(each, to));
      default -> {}
    }
  }
}
