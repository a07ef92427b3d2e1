package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.LedgerCodec;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKeys;
import dev.assay.testkit.LedgerEntries;
import dev.assay.testkit.OpenApiLinter;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The interface's description: a linter has nothing to say, and answers are as it says. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(300)
class OpenApiTest {

  private static final String SHOP = "/api/v1/projects/{project}";

  @Parameter Keeping keeping;
  @TempDir private static Path folder;
  private static FurnishedServer it;
  private static String key;
  private static String serverKey;
  private static Json.Obj document;

  @BeforeParameterizedClassInvocation
  static void start(Keeping keeping) {
    Path data = folder.resolve(keeping.name());
    it =
        new FurnishedServer(
            new ServerOptions(
                data,
                InetAddress.getLoopbackAddress(),
                0,
                keeping.database(data),
                null,
                null,
                true,
                false));
    key =
        it.server
            .bean(ProjectKeys.class)
            .make("shop", "CI", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    serverKey =
        it.server
            .bean(ServerKeys.class)
            .make("provisioning", EnumSet.allOf(Scope.class), Duration.ofDays(1));
    document = JsonReader.read(it.owner.get("/api/v1/openapi.json").body()).asObject();
    StringBuilder lines = new StringBuilder();
    for (LedgerEntry entry : LedgerEntries.everyKind()) {
      lines.append(JsonWriter.canonical(LedgerCodec.encode(entry))).append('\n');
    }
    ask("POST", SHOP + "/runs/{run}/entries", Map.of("run", "r1"), "?from=0", lines.toString());
    String junit =
        "<testsuite name=\"shop\"><testcase classname=\"shop.OrderTest\" name=\"totals\">"
            + "<failure type=\"E\" message=\"the total is wrong\"/></testcase></testsuite>";
    ask("POST", SHOP + "/ingest", Map.of(), "?branch=main", junit);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    it.close();
  }

  private static Map<String, Json.Obj> operations() {
    Map<String, Json.Obj> operations = new TreeMap<>();
    document
        .object("paths")
        .members()
        .forEach((path, verbs) ->
            verbs
                .asObject()
                .members()
                .forEach((verb, operation) ->
                    operations.put(
                        verb.toUpperCase(java.util.Locale.ROOT) + " " + path,
                        operation.asObject())));
    return operations;
  }

  /** What is wrong with a value by a schema of the description; empty where nothing is. */
  private static String wrong(Json schema, String value) {
    Json whole =
        Json.object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("components", document.object("components"))
            .put("allOf", Json.array(List.of(schema)))
            .build();
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonWriter.canonical(whole), InputFormat.JSON);
    return String.join(
        "\n", compiled.validate(value, InputFormat.JSON).stream().map(Object::toString).toList());
  }

  /** Asks, and compares the answer with what the description says of it. */
  private static HttpResponse<String> ask(
      String method, String path, Map<String, String> places, String query, String body) {
    String asked = path.replace("{project}", "shop");
    for (Map.Entry<String, String> place : places.entrySet()) {
      asked = asked.replace("{" + place.getKey() + "}", place.getValue());
    }
    String type =
        path.contains("alertmanager") || path.matches(".*/(monitors|slos)")
            ? "application/json"
            : "application/octet-stream";
    HttpResponse<String> answer =
        it.owner.ask(
            method,
            asked.replace("/api/v1/", "") + query,
            path.contains("{project}") ? key : serverKey,
            body.getBytes(StandardCharsets.UTF_8),
            Map.of("Content-Type", type));
    Json.Obj operation = operations().get(method + " " + path);
    assertThat(operation).as(method + " " + path).isNotNull();
    Json.Obj responses = operation.object("responses");
    String status = String.valueOf(answer.statusCode());
    Json response = responses.members().get(status);
    if (response == null) {
      response = responses.members().get(status.charAt(0) + "XX");
    }
    assertThat(response).as(method + " " + path + " answers " + status).isNotNull();
    Json.Obj described = response.asObject();
    String reference = described.findText("$ref");
    if (reference != null) {
      described =
          document
              .object("components")
              .object("responses")
              .object(reference.substring(reference.lastIndexOf('/') + 1));
    }
    Map.Entry<String, Json> content =
        described.object("content").members().entrySet().iterator().next();
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .as(method + " " + path)
        .startsWith(content.getKey());
    if (content.getKey().matches(".*[/+]json")) {
      assertThat(wrong(content.getValue().asObject().get("schema"), answer.body()))
          .as(method + " " + path + " answers " + answer.body())
          .isEmpty();
    }
    return answer;
  }

  @Test
  void everyOperationSaysWhatItIsAndWhatItAnswers() {
    Json.Obj parts = parts();
    assertThat(operations().keySet())
        .isEqualTo(new TreeSet<>(parts.object("operations").members().keySet()));
    operations()
        .forEach((name, operation) -> {
          assertThat(operation.findText("summary")).as(name).isNotBlank();
          for (Json parameter : operation.array("parameters")) {
            boolean said =
                parameter.asObject().findText("$ref") != null
                    || parameter.asObject().findText("description") != null;
            assertThat(said).as(name + " " + JsonWriter.canonical(parameter)).isTrue();
          }
          assertThat(operation.object("responses").members())
              .as(name)
              .containsKeys(name.endsWith("openapi.json") ? "5XX" : "404");
        });
  }

  private static Json.Obj parts() {
    try (var parts =
        OpenApiTest.class.getResourceAsStream("/dev/assay/server/api/openapi-parts.json")) {
      return JsonReader.read(new String(parts.readAllBytes(), StandardCharsets.UTF_8)).asObject();
    } catch (java.io.IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void everyExampleIsAsItsSchemaSays() {
    int examples = 0;
    for (Map.Entry<String, Json> operation : parts().object("operations").members().entrySet()) {
      for (String part : List.of("body", "answer")) {
        Json described = operation.getValue().asObject().members().get(part);
        Json example = described == null ? null : described.asObject().members().get("example");
        if (example != null) {
          assertThat(wrong(described.asObject().get("schema"), JsonWriter.canonical(example)))
              .as(operation.getKey() + " " + part)
              .isEmpty();
          examples++;
        }
      }
    }
    assertThat(examples).isGreaterThan(20);
  }

  private static String begin() {
    return JsonWriter.canonical(LedgerCodec.encode(LedgerEntries.everyKind().getFirst())) + "\n";
  }

  @Test
  void whatIsAnsweredIsAsTheDescriptionSays() {
    Map<String, String> run = Map.of("run", "r1");
    ask("GET", SHOP + "/runs", Map.of(), "?limit=1", "");
    ask("GET", SHOP + "/runs", Map.of(), "?began=all", "");
    ask("DELETE", SHOP + "/runs/{run}", Map.of("run", "none"), "?why=asked", "");
    ask("GET", SHOP + "/runs/{run}", run, "", "");
    ask("GET", SHOP + "/runs/{run}", Map.of("run", "none"), "", "");
    ask("GET", SHOP + "/runs/{run}/report", run, "", "");
    ask("GET", SHOP + "/runs/{run}/outcomes", run, "?limit=1", "");
    Map<String, String> live = Map.of("run", "r2");
    ask("POST", SHOP + "/runs/{run}/entries", live, "?from=0", begin());
    String line = "{\"at\":\"2026-11-22T10:00:00Z\",\"source\":\"service:shop\",";
    String printed = line + "\"text\":\"x\"}\n" + line + "\"leftOut\":7}\n";
    ask("POST", SHOP + "/runs/{run}/logs", live, "?after=0", printed);
    ask("POST", SHOP + "/runs/{run}/logs", live, "?after=2", "x");
    ask("POST", SHOP + "/runs/{run}/logs", live, "?after=x", "");
    assertThat(ask("GET", SHOP + "/runs/{run}/logs", live, "?after=0", "").body())
        .contains("\"leftOut\":7", "\"last\":8");
    ask("GET", SHOP + "/runs/{run}/logs", run, "", "");
    ask("GET", SHOP + "/runs/{run}/logs", Map.of("run", "none"), "", "");
    for (String table : List.of("checks", "failures", "tests", "quarantine")) {
      ask("GET", SHOP + "/" + table, Map.of(), "", "");
    }
    for (String order : List.of("slowest", "flakiest", "failing", "tallest")) {
      ask("GET", SHOP + "/tests", Map.of(), "?order=" + order, "");
    }
    ask("GET", SHOP + "/check", Map.of(), "?id=smoke", "");
    ask("GET", SHOP + "/trend", Map.of(), "?id=smoke", "");
    ask("GET", SHOP + "/compare", Map.of(), "?run=r1&with=r1", "");
    Json.Obj failures =
        JsonReader.read(ask("GET", SHOP + "/failures", Map.of(), "", "").body()).asObject();
    String fingerprint = failures.array("failures").getFirst().asObject().text("fingerprint");
    Map<String, String> failure = Map.of("fingerprint", fingerprint);
    ask("GET", SHOP + "/failures/{fingerprint}", failure, "", "");
    ask("PUT", SHOP + "/failures/{fingerprint}/owner", failure, "", "{\"owner\":\"team-orders\"}");
    ask("PUT", SHOP + "/failures/{fingerprint}/owner", failure, "", "[]");
    assertThat(ask("GET", SHOP + "/failures", Map.of(), "", "").body()).contains("team-orders");
    String entry =
        "{\"test\":\"shop.OrderTest#totals\",\"owner\":\"kim\",\"reason\":\"network\","
            + "\"expires\":\"2099-01-01\"}";
    ask("PUT", SHOP + "/quarantine", Map.of(), "", entry);
    ask("DELETE", SHOP + "/quarantine", Map.of(), "?test=shop.OrderTest%23totals", "");
    ask("DELETE", SHOP + "/quarantine", Map.of(), "?test=none", "");
    String empty = LedgerEntries.EMPTY_SHA256;
    ask("PUT", SHOP + "/artifacts/{sha256}", Map.of("sha256", empty), "", "");
    ask("GET", SHOP + "/artifacts/{sha256}", Map.of("sha256", empty), "", "");
    ask("POST", SHOP + "/runs/{run}/entries", Map.of("run", "r9"), "?from=7", "");
  }

  @Test
  void whatIsAnsweredOfAlertsIsAsTheDescriptionSays() {
    String manager = SHOP + "/alertmanager/api/v2";
    ask(
        "POST",
        manager + "/alerts",
        Map.of(),
        "",
        "[{\"labels\":{\"alertname\":\"Latency\",\"service\":\"shop\"},\"annotations\":{}}]");
    for (String what : List.of("status", "receivers", "alerts", "alerts/groups", "silences")) {
      ask("GET", manager + "/" + what, Map.of(), "", "");
    }
    String silence =
        "{\"matchers\":[{\"name\":\"service\",\"value\":\"shop\",\"isRegex\":false,"
            + "\"isEqual\":true}],\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":"
            + "\"2099-01-01T00:00:00Z\",\"createdBy\":\"kim\",\"comment\":\"the move\"}";
    String id =
        JsonReader.read(ask("POST", manager + "/silences", Map.of(), "", silence).body())
            .asObject()
            .text("silenceID");
    ask("GET", manager + "/silences", Map.of(), "", "");
    ask("GET", manager + "/silence/{id}", Map.of("id", id), "", "");
    ask("DELETE", manager + "/silence/{id}", Map.of("id", id), "", "");
    ask("GET", manager + "/silence/{id}", Map.of("id", "none"), "", "");
    ask("POST", manager + "/silences", Map.of(), "", "{}");
    Json told =
        parts()
            .object("operations")
            .object("PUT " + SHOP + "/monitors")
            .object("body")
            .get("example");
    assertThat(
            ask("PUT", SHOP + "/monitors", Map.of(), "", JsonWriter.canonical(told)).statusCode())
        .isEqualTo(200);
    for (String what : List.of("monitors", "slos", "incidents")) {
      ask("GET", SHOP + "/" + what, Map.of(), "", "");
    }
    ask("GET", SHOP + "/incidents/{incident}", Map.of("incident", "none"), "", "");
  }

  @Test
  void whatIsAnsweredOfMembersAndKeysIsAsTheDescriptionSays() {
    ask("GET", SHOP, Map.of(), "", "");
    ask("PUT", SHOP, Map.of(), "", "{\"title\":\"The shop\"}");
    ask("PUT", SHOP, Map.of(), "", "{\"archived\":true}");
    ask("POST", SHOP + "/runs/{run}/entries", Map.of("run", "new"), "?from=0", "");
    ask("GET", "/api/v1/projects", Map.of(), "?archived=true", "");
    ask("PUT", SHOP, Map.of(), "", "{\"archived\":false}");
    ask("PUT", SHOP, Map.of(), "", "{}");
    ask("GET", "/api/v1/projects", Map.of(), "", "");
    ask("POST", "/api/v1/projects", Map.of(), "", "{\"project\":\"cellar\"}");
    ask("POST", "/api/v1/projects", Map.of(), "", "{\"project\":\"The Cellar\"}");
    ask("GET", "/api/v1/key", Map.of(), "", "");
    for (String of : List.of(SHOP, "/api/v1")) {
      String wanted = "{\"name\":\"CI\",\"scopes\":[\"read\"]}";
      Map<String, String> made = id(ask("POST", of + "/keys", Map.of(), "", wanted));
      ask("GET", of + "/keys", Map.of(), "", "");
      ask("POST", of + "/keys/{id}/rotate", made, "", "");
      ask("DELETE", of + "/keys/{id}", made, "", "");
      ask("DELETE", of + "/keys/{id}", made, "", "");
      ask("POST", of + "/keys", Map.of(), "", "{\"scopes\":[]}");
      String invited = of.equals(SHOP) ? "{\"role\":\"viewer\"}" : "{\"owner\":true}";
      Map<String, String> link = id(ask("POST", of + "/invitations", Map.of(), "", invited));
      ask("GET", of + "/invitations", Map.of(), "", "");
      ask("DELETE", of + "/invitations/{id}", link, "", "");
      ask("GET", of + "/members", Map.of(), "", "");
    }
    it.server.bean(Members.class).add("ada", FurnishedServer.PASSWORD, false);
    Map<String, String> ada = Map.of("member", "ada");
    ask("PUT", SHOP + "/members/{member}", ada, "", "{\"role\":\"developer\"}");
    ask("GET", SHOP + "/members", Map.of(), "", "");
    ask("DELETE", SHOP + "/members/{member}", ada, "", "");
    ask("GET", "/api/v1/members/{member}", ada, "", "");
    ask("PUT", "/api/v1/members/{member}", ada, "", "{\"disabled\":true,\"owner\":true}");
    ask("POST", "/api/v1/members/{member}/password", ada, "", "");
    ask("DELETE", "/api/v1/members/{member}/sessions", ada, "", "");
    ask("DELETE", "/api/v1/members/{member}", ada, "", "");
    ask("DELETE", "/api/v1/members/{member}", ada, "", "");
    ask("DELETE", "/api/v1/members/{member}", ada, "?forget=true", "");
  }

  private static Map<String, String> id(HttpResponse<String> made) {
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return Map.of("id", JsonReader.read(made.body()).asObject().text("id"));
  }

  @Test
  void whatIsAnsweredOfWebhooksAndRetentionAndAuditIsAsTheDescriptionSays() {
    String wanted = "{\"url\":\"" + it.server.local() + "/hook\",\"events\":[\"run.finished\"]}";
    Map<String, String> hook = id(ask("POST", SHOP + "/webhooks", Map.of(), "", wanted));
    ask("GET", SHOP + "/webhooks", Map.of(), "", "");
    ask("PUT", SHOP + "/webhooks/{id}", hook, "", wanted.replace("hook", "other"));
    ask("PUT", SHOP + "/webhooks/{id}", hook, "", "{\"url\":\"x\",\"events\":[\"none\"]}");
    ask("POST", SHOP + "/webhooks/{id}/test", hook, "", "");
    ask("POST", SHOP + "/webhooks/{id}/rotate", hook, "", "");
    String told = ask("GET", SHOP + "/deliveries", Map.of(), "?limit=1", "").body();
    Json.Obj delivery = JsonReader.read(told).asObject().array("deliveries").getFirst().asObject();
    Map<String, String> number = Map.of("delivery", String.valueOf(delivery.whole("id")));
    ask("POST", SHOP + "/deliveries/{delivery}/replay", number, "", "");
    ask("GET", SHOP + "/deliveries", Map.of(), "?state=lost", "");
    ask("DELETE", SHOP + "/webhooks/{id}", hook, "", "");
    String rule = "{\"needed\":2,\"overrideDays\":3,\"approvalDays\":10}";
    ask("PUT", SHOP + "/ruling-rule", Map.of(), "", rule);
    ask("PUT", SHOP + "/ruling-rule", Map.of(), "", rule.replace("2", "0"));
    ask("GET", SHOP + "/ruling-rule", Map.of(), "", "");
    ask("GET", SHOP + "/rulings", Map.of(), "?state=holds", "");
    ask("GET", SHOP + "/rulings", Map.of(), "?state=none", "");
    ask("GET", SHOP + "/rulings", Map.of(), "?cursor=none", "");
    ask("PUT", SHOP + "/retention", Map.of(), "", "{\"days\":30,\"branches\":\"main\"}");
    ask("PUT", SHOP + "/retention", Map.of(), "", "{\"days\":-1}");
    ask("GET", SHOP + "/retention", Map.of(), "", "");
    ask("GET", SHOP + "/retention/plan", Map.of(), "?days=1", "");
    ask("POST", SHOP + "/retention/apply", Map.of(), "", "");
    for (String of : List.of(SHOP, "/api/v1")) {
      ask("GET", of + "/audit", Map.of(), "?limit=2", "");
      ask("GET", of + "/audit", Map.of(), "?cursor=none", "");
      ask("GET", of + "/audit/export", Map.of(), "", "");
    }
    ask("GET", "/api/v1/audit/verification", Map.of(), "", "");
    ask("GET", SHOP + "/alerting", Map.of(), "", "");
    ask("PUT", SHOP + "/status-page", Map.of(), "", "{\"open\":true}");
    ask("GET", SHOP + "/status-page", Map.of(), "", "");
    ask("DELETE", SHOP + "/monitors", Map.of(), "?from=here&monitor=none", "");
  }

  @Test
  void aLinterHasNothingToSay() throws Exception {
    assumeTrue(OpenApiLinter.here(), OpenApiLinter.ABSENT);

    assertThat(OpenApiLinter.lint(JsonWriter.pretty(document), folder)).isEmpty();
  }

  @Test
  void aRequestWithAnIdempotencyKeyIsCarriedOutOnce() {
    String silence =
        "{\"matchers\":[{\"name\":\"a\",\"value\":\"b\",\"isRegex\":false,\"isEqual\":true}],"
            + "\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"2099-01-01T00:00:00Z\","
            + "\"createdBy\":\"kim\",\"comment\":\"once\"}";
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(silence(silence, "one"));
    }
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(answers.get(1).body()).isEqualTo(answers.getFirst().body());
    assertThat(answers.get(1).headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(silence(silence, "two").body()).isNotEqualTo(answers.getFirst().body());

    HttpResponse<String> another = silence(silence.replace("once", "twice"), "one");
    assertThat(another.statusCode()).isEqualTo(422);
    assertThat(another.body()).contains("ASSAY-SERVER-009", "was the key of another request");
    assertThat(silence(silence, "x".repeat(300)).statusCode()).isEqualTo(400);

    // what was refused may be sent again, mended
    assertThat(silence("{}", "three").statusCode()).isNotEqualTo(200);
    assertThat(silence(silence, "three").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> silence(String body, String idempotencyKey) {
    return it.owner.ask(
        "POST",
        "projects/shop/alertmanager/api/v2/silences",
        key,
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey));
  }
}
