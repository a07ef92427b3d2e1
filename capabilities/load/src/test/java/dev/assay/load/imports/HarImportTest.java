package dev.assay.load.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarImportTest {

  private final List<Json> entries = new ArrayList<>();

  private static Json headers(Map<String, String> headers) {
    return Json.array(
        headers.entrySet().stream()
            .map(header ->
                Json.object().put("name", header.getKey()).put("value", header.getValue()).build())
            .toList());
  }

  private HarImportTest call(String method, String url, String body, int status, String answer) {
    return call(method, url, "application/json", body, status, Map.of(), answer);
  }

  private HarImportTest call(
      String method,
      String url,
      String type,
      String body,
      int status,
      Map<String, String> answerHeaders,
      String answer) {
    Json.Builder request =
        Json.object()
            .put("method", method)
            .put("url", url)
            .put("headers", headers(Map.of("X-One", "1")));
    if (!body.isEmpty()) {
      request.put("postData", Json.object().put("mimeType", type).put("text", body).build());
    }
    entries.add(
        Json.object()
            .put("startedDateTime", "2026-01-01T00:00:00Z")
            .put("time", 1)
            .put("request", request.build())
            .put(
                "response",
                Json.object()
                    .put("status", status)
                    .put("headers", headers(answerHeaders))
                    .put(
                        "content",
                        Json.object()
                            .put("mimeType", "application/json")
                            .put("text", answer)
                            .build())
                    .build())
            .build());
    return this;
  }

  private Imported imported() {
    return imported(ImportOptions.named("shop"));
  }

  private Imported imported(ImportOptions options) {
    Json har =
        Json.object()
            .put(
                "log",
                Json.object().put("version", "1.2").put("entries", Json.array(entries)).build())
            .build();
    return Imported.of(ImportSource.HAR, "rec.har", JsonWriter.pretty(har), options);
  }

  @Test
  void theIdOfWhatWasCreatedIsUsedLaterEvenIfItIsShort() {
    Imported imported =
        call("POST", "https://s.test/orders", "{\"product\":3}", 201, "{\"id\":7,\"product\":3}")
            .call("GET", "https://s.test/orders/7", "", 200, "{}")
            .call("POST", "https://s.test/pay", "{\"orderId\":7,\"amount\":7}", 200, "{}")
            .call("GET", "https://s.test/pages/7", "", 200, "{}")
            .imported();

    assertThat(imported.step(0).get("save")).isEqualTo(Map.of("order_id", "$.id"));
    assertThat(imported.step(1).get("get")).isEqualTo("/orders/${order_id}");
    assertThat(imported.step(2).get("body")).isEqualTo("{\"amount\":7,\"orderId\":${order_id}}");
    assertThat(imported.step(3).get("get")).isEqualTo("/pages/7");
  }

  @Test
  void aValueThatTheUserBroughtIsNotTakenFromAnAnswerThatRepeatsIt() {
    Imported imported =
        call("GET", "https://s.test/search?q=mug-4711", "", 200, "{\"query\":\"mug-4711\"}")
            .call("GET", "https://s.test/search?q=mug-4711&page=2", "", 200, "{}")
            .imported();

    assertThat(imported.step(0).get("save")).isNull();
    assertThat(imported.step(1).get("get")).isEqualTo("/search?q=mug-4711&page=2");
  }

  @Test
  void anOrdinaryWordIsNoValueOfAnAnswer() {
    Imported imported =
        call("GET", "https://s.test/home", "", 200, "{\"kind\":\"products\"}")
            .call("GET", "https://s.test/products", "", 200, "{}")
            .imported();

    assertThat(imported.step(1).get("get")).isEqualTo("/products");
  }

  @Test
  void theLastAnswerBeforeTheFirstUseIsWhereAValueIsSaved() {
    Imported imported =
        call("GET", "https://s.test/a", "", 200, "{\"token\":\"abcd-1234\"}")
            .call("GET", "https://s.test/b", "", 200, "{\"deep\":{\"token\":\"abcd-1234\"}}")
            .call("GET", "https://s.test/c?token=abcd-1234", "", 200, "{\"token\":\"abcd-1234\"}")
            .imported();

    assertThat(imported.step(0).get("save")).isNull();
    assertThat(imported.step(1).get("save")).isEqualTo(Map.of("token", "$.deep.token"));
    assertThat(imported.step(2).get("get")).isEqualTo("/c?token=${token}");
  }

  @Test
  void aTokenThatNoAnswerBroughtIsASecret() {
    Imported imported =
        call("GET", "https://s.test/c?access_token=abcd-1234", "", 200, "{}").imported();

    assertThat(imported.step(0).get("get")).isEqualTo("/c?access_token=${secret.access_token}");
    assertThat(imported.environment().get("secrets"))
        .isEqualTo(Map.of("access_token", Map.of("env", "SHOP_ACCESS_TOKEN")));
    assertThat(imported.yaml()).doesNotContain("abcd-1234");
  }

  @Test
  void aSecretIsHiddenWhereverElseItStands() {
    Imported imported =
        call("POST", "https://s.test/login", "{\"password\":\"s3cret-word\"}", 204, "")
            .call("GET", "https://s.test/echo/s3cret-word?x=a-s3cret-word", "", 200, "{}")
            .imported();

    assertThat(imported.yaml()).doesNotContain("s3cret-word");
    assertThat(imported.step(1).get("get"))
        .isEqualTo("/echo/${secret.password}?x=a-${secret.password}");
  }

  @Test
  void aStepWithAVeryLongAddressIsNamedByItsPath() {
    String filler = "x".repeat(100);
    Imported imported =
        call("POST", "https://s.test/login", "{\"password\":\"s3cret-word\"}", 204, "")
            .call("GET", "https://s.test/echo/s3cret-word?x=" + filler, "", 200, "{}")
            .imported();

    assertThat(imported.step(1).get("name")).isEqualTo("GET /echo/{secret.password}");
  }

  @Test
  void aHeaderThatAnAnswerBroughtIsSentBack() {
    Imported imported =
        call("GET", "https://s.test/a", "t", "", 200, Map.of("X-Upload-Token", "up-99"), "{}")
            .call("PUT", "https://s.test/files/up-99", "text/plain", "x", 200, Map.of(), "{}")
            .imported();

    assertThat(imported.step(0).get("save"))
        .isEqualTo(Map.of("upload_token", "header:x-upload-token"));
    assertThat(imported.step(1).get("put")).isEqualTo("/files/${upload_token}");
  }

  @Test
  void numbersThatYamlWouldRoundGoAsTheyAre() {
    Imported imported =
        call("POST", "https://s.test/a", "{\"n\":12345678901234567890,\"m\":0.1}", 200, "")
            .imported();

    assertThat(imported.step(0).get("body")).isEqualTo("{\"n\":12345678901234567890,\"m\":0.1}");
  }

  @Test
  void aFormWithARepeatedFieldGoesAsText() {
    Imported imported =
        call(
                "POST",
                "https://s.test/a",
                "application/x-www-form-urlencoded",
                "t=a+b&t=c%26d",
                200,
                Map.of(),
                "")
            .imported();

    assertThat(imported.step(0).get("body")).isEqualTo("t=a+b&t=c%26d");
    assertThat(imported.step(0).get("headers"))
        .isEqualTo(Map.of("X-One", "1", "Content-Type", "application/x-www-form-urlencoded"));
  }

  @Test
  void anAddressHoldsNothingThatAnAddressCannotHold() {
    Imported imported =
        call("GET", "https://s.test/a b/{x}?q=\"é|\"&z=100%&e=&n", "", 200, "").imported();

    assertThat(imported.step(0).get("get"))
        .isEqualTo("/a%20b/%7Bx%7D?q=%22%C3%A9%7C%22&z=100%25&e=&n");
  }

  @Test
  void otherOriginsAreKeptWhereTheyAreAskedFor() {
    call("GET", "https://s.test/a", "", 200, "").call("GET", "https://api.test/b", "", 200, "");

    assertThat(imported().flow()).hasSize(1);
    assertThat(
            imported(
                    new ImportOptions(
                        "shop", false, List.of("https://s.test", "https://api.test"), null))
                .step(1)
                .get("get"))
        .isEqualTo("https://api.test/b");
  }

  @Test
  void staticResourcesAreKeptWhereTheyAreAskedFor() {
    call("GET", "https://s.test/a", "", 200, "").call("GET", "https://s.test/b.css", "", 200, "");

    assertThat(imported().flow()).hasSize(1);
    assertThat(imported(new ImportOptions("shop", true, List.of(), null)).flow()).hasSize(2);
  }

  @Test
  void nothingLeftIsAProblem() {
    call("GET", "https://s.test/a.png", "", 200, "");

    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    dev.assay.api.problem.ProblemException.class, this::imported)
                .problems()
                .getFirst()
                .code())
        .isEqualTo("ASSAY-LOAD-304");
  }

  @Test
  void aBrokenFileIsShownAtItsPlace() {
    Problem problem =
        Imported.problem(ImportSource.HAR, "{\"log\": {\n  \"entries\": [\n    {,}\n]}}");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-302");
    assertThat(problem.where().text()).isEqualTo("input:3:6");
    assertThat(((Place) problem.where()).source()).isEqualTo("    {,}");
  }

  @Test
  void aMissingPartIsShownAtItsPlace() {
    Problem problem =
        Imported.problem(
            ImportSource.HAR,
            "{\"log\": {\"entries\": [\n  {\"a\": \"}]\"},\n  {\"request\": {\"method\": 7}}\n]}}");

    assertThat(problem.code()).isEqualTo("ASSAY-LOAD-303");
    assertThat(problem.where().text()).isEqualTo("input:2:3");
    assertThat(problem.what())
        .isEqualTo("'log.entries[0].request' is missing; an object is wanted");
  }
}
