package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostmanImportTest {

  private static Imported collection(String items) {
    return Imported.of(
        ImportSource.POSTMAN, "{\"info\":{\"name\":\"c\"},\"item\":[" + items + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "pm.response.to.have.status(204);@204",
        "tests['ok'] = responseCode.code === 201;@201",
        "pm.expect(pm.response.code).to.eql(202);@202",
        "pm.expect(pm.response.code).to.be.oneOf([200,204]);@~ ^(200|204)$",
        "pm.response.to.be.ok;@2xx"
      })
  void statusChecksOfTheCommonFormsAreExpectations(String line, String status) {
    assertThat(PostmanScript.of(List.of("pm.test('x', function () {", line, "});")))
        .isEqualTo(new PostmanScript(status, Map.of(), List.of()));
  }

  @Test
  void valuesThatAScriptKeepsAreSaved() {
    PostmanScript script =
        PostmanScript.of(
            List.of(
                "var body = JSON.parse(responseBody);",
                "const first = pm.response.json().items[0];",
                "postman.setEnvironmentVariable('a', body.x['y-z']);",
                "pm.globals.set(\"b\", first?.id);",
                "pm.environment.set('c', pm.cookies.get('sid'));",
                "pm.environment.set('d', Math.random());"));

    assertThat(script.saves())
        .isEqualTo(Map.of("a", "$.x['y-z']", "b", "$.items[0].id", "c", "cookie:sid"));
    assertThat(script.rest()).containsExactly("pm.environment.set('d', Math.random());");
  }

  @Test
  void theNearestAuthorizationIsInherited() {
    Imported imported =
        Imported.of(
            ImportSource.POSTMAN,
            """
            {"info":{}, "auth":{"type":"apikey","apikey":[{"key":"key","value":"X-Key"},{"key":"value","value":"k-123456"}]},
             "item":[
              {"name":"f","auth":{"type":"basic","basic":{"username":"kim","password":"pa55word"}},"item":[
                {"name":"a","request":{"url":"http://h.test/a"}},
                {"name":"b","request":{"url":"http://h.test/b","auth":{"type":"noauth"}}}]},
              {"name":"c","request":{"url":"http://h.test/c"}}]}
            """);

    assertThat(imported.step(0).get("headers"))
        .isEqualTo(Map.of("Authorization", "Basic ${secret.basic}"));
    assertThat(imported.step(1).get("headers")).isNull();
    assertThat(imported.step(2).get("headers")).isEqualTo(Map.of("X-Key", "${secret.x_key}"));
    assertThat(imported.yaml()).doesNotContain("pa55word").doesNotContain("k-123456");
  }

  @Test
  void aVariableThatHoldsAPasswordIsASecretAndItsValueIsNotWritten() {
    Imported imported =
        Imported.of(
            ImportSource.POSTMAN,
            """
            {"info":{}, "variable":[{"key":"client_secret","value":"zzz-top-1"},{"key":"host","value":"h.test"}],
             "item":[{"name":"a","request":{"method":"POST","url":"http://{{host}}/a?s={{client_secret}}","body":{"mode":"raw","raw":"<s>{{client_secret}}</s>"}}}]}
            """);

    assertThat(imported.step(0).get("post")).isEqualTo("/a?s=${secret.client_secret}");
    assertThat(imported.environment().get("url")).isEqualTo("http://${host}");
    assertThat(imported.yaml()).doesNotContain("zzz-top-1");
  }

  @Test
  void aRequestMayBeNoMoreThanItsAddress() {
    assertThat(
            collection("{\"name\":\"a\",\"request\":\"http://h.test/a?x=1\"}").step(0).get("get"))
        .isEqualTo("/a?x=1");
  }

  @Test
  void anUnquotedVariableInAJsonBodyKeepsItUnquoted() {
    assertThat(
            collection(
                    "{\"name\":\"a\",\"request\":{\"method\":\"POST\",\"url\":\"http://h.test/a\",\"body\":{\"mode\":\"raw\",\"raw\":\"{\\\"n\\\": {{count}}}\"}}}")
                .step(0)
                .get("body"))
        .isEqualTo("{\"n\": ${count}}");
  }

  @Test
  void anotherKindOfFileIsAProblem() {
    Problem problem = Imported.problem(ImportSource.POSTMAN, "{\"requests\":[]}");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-303");
    assertThat(problem.what()).contains("version 1");
  }
}
