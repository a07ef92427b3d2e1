package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurlImportTest {

  private static Imported curl(String lines) {
    return Imported.of(ImportSource.CURL, lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`curl http://h.test/a`|get|/a",
        "`curl h.test`|get|/",
        "`curl -X DELETE http://h.test/a`|delete|/a",
        "`curl -XPATCH http://h.test/a -d x=1`|patch|/a",
        "`curl -sSLI http://h.test/a`|head|/a",
        "`curl --url http://h.test/a -d x=1`|post|/a",
        "`curl -G http://h.test/a -d x=1 -d 'y=a b'`|get|/a?x=1&y=a%20b",
        "`curl 'http://h.test/a?q=1#part'`|get|/a?q=1",
        "`curl http://h.test/a -T notes.txt`|put|/a",
        "`curl -G http://h.test/a --data-urlencode 'q=$5 & {more}' --data-urlencode =x+y`|get|/a?q=%245+%26+%7Bmore%7D&x%2By"
      })
  void methodAndAddress(String line, String method, String path) {
    assertThat(curl(line).step(0).get(method)).isEqualTo(path);
  }

  @Test
  void quotesAreReadAsBashReadsThem() {
    Imported imported =
        curl(
            "curl http://h.test/a -H 'A: it'\\''s' -H \"B: say \\\"hi\\\" \\$5 \\x\" -H $'C: \\x41\\u00e9\\101\\\\' \\\n"
                + "  -H D:\\ plain\\;x # a comment\n");

    assertThat(imported.step(0).get("headers"))
        .isEqualTo(Map.of("A", "it's", "B", "say \"hi\" $5 \\x", "C", "AéA\\", "D", "plain;x"));
  }

  @Test
  void severalCommandsAreSeveralSteps() {
    Imported imported =
        curl(
            "curl http://h.test/a; curl http://h.test/b && curl http://h.test/c &\ncurl http://h.test/d http://h.test/e --next -d x=1 http://h.test/f");

    assertThat(imported.flow()).hasSize(6);
    assertThat(imported.step(5).get("post")).isEqualTo("/f");
  }

  @Test
  void shellVariablesAreNamesOfTheEnvironmentAndCredentialsAmongThemSecrets() {
    Imported imported =
        curl(
            "curl -H \"Authorization: Bearer $API_TOKEN\" \"$BASE/items/${ID}?x=$X\" -H 'Y: $NOT'");

    assertThat(imported.step(0).get("get")).isEqualTo("/items/${env.ID}?x=${env.X}");
    assertThat(imported.environment().get("url")).isEqualTo("${env.BASE}");
    assertThat(imported.load().get("auth")).isEqualTo(Map.of("bearer", "${secret.api_token}"));
    assertThat(imported.environment().get("secrets"))
        .isEqualTo(Map.of("api_token", Map.of("env", "API_TOKEN")));
    assertThat(imported.step(0).get("headers")).isEqualTo(Map.of("Y", "$NOT"));
  }

  @Test
  void userAndPasswordBecomeBasicAuthorizationWithASecret() {
    Imported imported =
        curl("curl -u kim:pa55:word http://h.test/a; curl http://kim:pa55%3Aword@h.test/b");

    assertThat(imported.load().get("auth"))
        .isEqualTo(Map.of("basic", Map.of("user", "kim", "password", "${secret.password}")));
    assertThat(imported.yaml()).doesNotContain("pa55");
  }

  @Test
  void aUserOfOneRequestIsNotSentWithTheOthers() {
    Imported imported = curl("curl -u \"kim:$PW\" http://h.test/a; curl http://other.test/b");

    assertThat(imported.load().get("auth")).isNull();
    assertThat(imported.step(0).get("headers"))
        .isEqualTo(Map.of("Authorization", "Basic ${secret.basic}"));
    assertThat(imported.step(1).get("headers")).isNull();
  }

  @Test
  void optionsThatAreNotKnownAreSaid() {
    Imported imported =
        curl("curl --frob -x http://proxy:1 --retry 3 --compressed -s http://h.test/a");

    assertThat(imported.result().notes())
        .contains(
            "unknown to this import and left out: --frob",
            "has no effect here: -x --retry",
            "only concerns curl itself: --compressed -s");
  }

  @Test
  void transportSettingsAreKept() {
    Imported imported =
        curl(
            "curl -k -L --max-redirs 2 --cacert ca.pem -E cert.pem:pw --key k.pem --http2-prior-knowledge https://h.test/a");

    assertThat(imported.load().get("tls"))
        .isEqualTo(
            Map.of("insecure", true, "trust", "ca.pem", "certificate", "cert.pem", "key", "k.pem"));
    assertThat(imported.load().get("follow redirects")).isEqualTo(2);
    assertThat(imported.load().get("protocol")).isEqualTo("h2");
  }

  @Test
  void formsFilesAndJson() {
    Imported imported =
        curl(
            "curl -F 'a=1;type=text/plain' -F b=@x.png -F 'c=<y.txt' http://h.test/a\n"
                + "curl -d @body.json -H 'Content-Type: application/json' http://h.test/b\n"
                + "curl --json '{\"a\":[1,\"x\"]}' http://h.test/c\n"
                + "curl -d '{\"a\":1}' http://h.test/d");

    assertThat(imported.step(0).get("multipart"))
        .isEqualTo(
            List.of(
                Map.of("name", "a", "value", "1", "type", "text/plain"),
                Map.of("name", "b", "file", "x.png"),
                Map.of("name", "c", "file", "y.txt")));
    assertThat(imported.step(1).get("file")).isEqualTo("body.json");
    assertThat(imported.step(2).get("json")).isEqualTo(Map.of("a", List.of(1, "x")));
    assertThat(imported.step(3).get("body")).isEqualTo("{\"a\":1}");
    assertThat(imported.step(3).get("headers"))
        .isEqualTo(Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  @Test
  void theOutputOfCommandsIsSaidToBeUnknown() {
    assertThat(curl("curl http://h.test/a -H \"X: $(date)\"").result().notes())
        .contains("$(…) and `…` are not run; their text stands where their output would");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`curl 'http://h.test/a`|ASSAY-LOAD-307|input:1:6",
        "`curl \"http://h.test/a`|ASSAY-LOAD-307|input:1:6",
        "`curl http://h.test/a $'x`|ASSAY-LOAD-307|input:1:22",
        "`curl http://h.test/a -H`|ASSAY-LOAD-308|input:1:22",
        "`curl ftp://h.test/a`|ASSAY-LOAD-306|input:1:6",
        "`curl -s`|ASSAY-LOAD-306|input:1:1",
        "`curl ^\"http://h.test/a^\"`|ASSAY-LOAD-307|input:1:1",
        "`wget http://h.test/a`|ASSAY-LOAD-304|input"
      })
  void whatCannotBeReadIsAProblemAtItsPlace(String line, String code, String where) {
    Problem problem = Imported.problem(ImportSource.CURL, line);

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.where().text()).isEqualTo(where);
  }
}
