package dev.assay.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.gateway.http.OpenApi;
import dev.assay.virtual.smsc.Behaviour;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers are as the description of the API says, without a member that it does not know. */
class AnswersTest {

  private static final String BODY =
      "{\"to\":\"+4917012345678\",\"from\":\"Shop\",\"text\":\"Hi\",\"reference\":\"order-1\"}";

  private final Json.Obj document = OpenApi.document();
  @TempDir private Path folder;
  private Rig rig;
  private String id = "";

  @BeforeEach
  void begin() {
    rig = new Rig(folder);
    int smsc = rig.smsc(Behaviour.plain()).address().getPort();
    rig.with("alpha", Rig.provider(smsc)).start();
    id = JsonReader.read(rig.ask("POST", "/v1/messages", BODY).body()).asObject().text("id");
    Rig.await("it is delivered", () -> rig.state(id).equals("delivered"));
  }

  @AfterEach
  void end() throws Exception {
    rig.close();
  }

  /** Objects have what is described and nothing else. */
  private static Json strict(Json json) {
    return switch (json) {
      case Json.Obj object -> {
        Json.Builder made = Json.object();
        object.members().forEach((name, value) -> made.put(name, strict(value)));
        if (object.find("properties") instanceof Json.Obj
            && object.find("additionalProperties") == null) {
          made.put("additionalProperties", false);
        }
        yield made.build();
      }
      case Json.Array array -> Json.array(array.items().stream().map(AnswersTest::strict).toList());
      default -> json;
    };
  }

  private List<Error> wrong(String method, String path, HttpResponse<String> answer) {
    Json.Obj schema =
        document
            .object("paths")
            .object(path)
            .object(method)
            .object("responses")
            .object(Integer.toString(answer.statusCode()))
            .object("content")
            .object("application/json")
            .object("schema");
    Json.Builder whole = Json.object();
    ((Json.Obj) strict(schema)).members().forEach(whole::put);
    whole.put("components", strict(document.object("components")));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JsonWriter.canonical(whole.build()), InputFormat.JSON)
        .validate(answer.body(), InputFormat.JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, /v1/messages",
    "/v1/messages/{id}, /v1/messages/ID",
    "/v1/routes/explain, /v1/routes/explain?to=%2B491721234567",
    "/v1/providers, /v1/providers",
    "/v1/providers/{name}, /v1/providers/alpha",
    "/v1/reports, /v1/reports",
    "/v1/callbacks/dead, /v1/callbacks/dead",
    "/v1/orphans, /v1/orphans",
    "/v1/incoming, /v1/incoming",
    "/v1/audit, /v1/audit",
    "/health, /health",
    "/ready, /ready"
  })
  void whatIsReadIsAsDescribed(String path, String asked) {
    HttpResponse<String> answer = rig.ask("GET", asked.replace("ID", id), null);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(wrong("get", path, answer)).as(answer.body()).isEmpty();
  }

  @Test
  void whatIsSentIsAnsweredAsDescribed() {
    HttpResponse<String> one = rig.ask("POST", "/v1/messages", BODY);
    HttpResponse<String> two = rig.ask("POST", "/v1/messages", "[" + BODY + "," + BODY + "]");

    assertThat(one.statusCode()).isEqualTo(202);
    assertThat(wrong("post", "/v1/messages", one)).as(one.body()).isEmpty();
    assertThat(two.statusCode()).isEqualTo(202);
    assertThat(wrong("post", "/v1/messages", two)).as(two.body()).isEmpty();
  }

  @Test
  void whatIsForgottenIsAnsweredAsDescribed() {
    HttpResponse<String> answer = rig.ask("DELETE", "/v1/recipients/4917012345678", null);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(wrong("delete", "/v1/recipients/{number}", answer)).as(answer.body()).isEmpty();
  }
}
