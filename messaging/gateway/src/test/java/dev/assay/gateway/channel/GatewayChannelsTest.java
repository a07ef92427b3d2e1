package dev.assay.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.spi.SystemClock;
import dev.assay.gateway.Signature;
import dev.assay.gateway.Wait;
import dev.assay.gateway.channel.ProviderDouble.Said;
import dev.assay.gateway.config.GatewayConfiguration;
import dev.assay.gateway.config.ProviderConfiguration;
import dev.assay.gateway.engine.EngineOptions;
import dev.assay.gateway.run.ConfigurationSource;
import dev.assay.gateway.run.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway, over its API, with its store, and providers in front of it. */
class GatewayChannelsTest {

  private static final Duration BOUND = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final ProviderDouble slack = new ProviderDouble();
  private final ProviderDouble whatsApp = new ProviderDouble();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Problem> notes = new CopyOnWriteArrayList<>();
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    slack.answers(_ ->
        Said.of(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1." + slack.asked.size() + "\"}"));
    whatsApp.answers(400, "{\"error\":{\"code\":131026}}");
    Files.createDirectory(folder.resolve("texts"));
    Files.writeString(
        folder.resolve("texts/alert.yaml"),
        "{name: alert, default: en, markup: true, variables: {host: text}, texts: {en: '*Down*:"
            + " {host}', de: '*Weg*: {host}'}}");
    open();
  }

  private void open() {
    String channels =
        "{\"team\": {\"kind\": \"slack\", \"token\": \"xoxb\", \"url\": \""
            + slack.address()
            + "\"}, \"wa\": {\"kind\": \"whatsapp\", \"phone number id\": \"1\", \"token\": \"t\","
            + " \"app secret\": \"app-secret\", \"verify token\": \"v\", \"url\": \""
            + whatsApp.address()
            + "\"}}";
    GatewayConfiguration configuration =
        new GatewayConfiguration(
            ":0",
            "gateway.db",
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            Duration.ofHours(1),
            null,
            1000,
            "EUR",
            JsonReader.read(channels),
            JsonReader.read("{\"folder\": \"texts\"}"),
            null,
            JsonReader.read("{\"language\": \"de\"}"),
            Place.NONE);
    gateway =
        Gateway.start(
            new ConfigurationSource() {
              @Override
              public GatewayConfiguration read() {
                return configuration;
              }

              @Override
              public ProviderConfiguration provider(String name, String text) {
                throw new IllegalStateException("nobody asks");
              }
            },
            new SystemClock(),
            new Gateway.Start(folder, 1, EngineOptions.standard(), notes::add, notes::add));
  }

  @AfterEach
  void stop() {
    gateway.close();
    slack.close();
    whatsApp.close();
    http.close();
  }

  private Json.Obj call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.address().getPort() + path))
            .timeout(BOUND)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Json json = JsonReader.read(response.body());
      return Json.object().put("http", response.statusCode()).put("body", json).build();
    } catch (IOException | InterruptedException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private Json.Obj post(String body) {
    return call("POST", "/v1/messages", body).object("body");
  }

  private Json.Obj until(String path, Predicate<Json.Obj> holds) {
    AtomicReference<Json.Obj> seen = new AtomicReference<>();
    Wait.until(
        () -> "it is so: " + seen.get(),
        () -> {
          seen.set(call("GET", path, "").object("body"));
          return holds.test(seen.get());
        });
    return seen.get();
  }

  @Test
  void aTemplateReachesSlackAfterWhatsAppRefused() {
    Json.Obj accepted =
        post(
            "{\"to\": \"+4917012345678\", \"channels\": [\"wa\", \"team\"], \"template\":"
                + " \"alert\", \"locale\": \"de-AT\", \"variables\": {\"host\": \"db*1\"}}");

    until(
        "/v1/messages/" + accepted.text("id"),
        message -> message.text("state").equals("delivered"));

    assertThat(whatsApp.asked).hasSize(1);
    assertThat(whatsApp.asked.getFirst().json().object("text").text("body"))
        .isEqualTo("*Weg*: db*1");
    assertThat(slack.asked).hasSize(1);
    assertThat(slack.asked.getFirst().json().text("text")).isEqualTo("*Weg*: db*1");
  }

  @Test
  void aMessageForLaterIsSentByItselfAndSurvivesTheGateway() {
    Json.Obj kept =
        post(
            "{\"to\": \"C1\", \"channels\": [\"team\"], \"text\": \"later\","
                + " \"schedule\": {\"at\": \"2999-01-01T00:00:00Z\"}}");
    Json.Obj due =
        post(
            "{\"to\": \"C1\", \"channels\": [\"team\"], \"text\": \"now\","
                + " \"schedule\": {\"at\": \"2020-01-01T00:00:00Z\"}}");
    assertThat(kept.text("state")).isEqualTo("scheduled");

    Json.Obj done =
        until("/v1/schedules/" + due.text("id"), schedule -> schedule.text("state").equals("done"));
    until(
        "/v1/messages/" + done.text("last"), message -> message.text("state").equals("delivered"));
    assertThat(slack.asked).hasSize(1);

    gateway.close();
    open();
    assertThat(call("GET", "/v1/schedules/" + kept.text("id"), "").object("body").text("next"))
        .isEqualTo("2999-01-01T00:00:00Z");
    assertThat(
            call("POST", "/v1/schedules/" + kept.text("id") + "/cancel", "")
                .object("body")
                .text("state"))
        .isEqualTo("cancelled");
  }

  @Test
  void whoAnswersStopOnWhatsAppIsSentNothingMore() {
    String hook =
        "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"value\":{\"metadata\":"
            + "{\"display_phone_number\":\"15550783881\"},\"messages\":[{\"from\":\"4917012345678\",\"id\":\"w1\","
            + "\"timestamp\":\"1750263773\",\"type\":\"text\",\"text\":{\"body\":\"Stopp\"}}]},\"field\":\"messages\"}]}]}";
    String signature =
        "sha256="
            + HexFormat.of()
                .formatHex(
                    Signature.hmac(
                        "app-secret".getBytes(StandardCharsets.UTF_8),
                        hook.getBytes(StandardCharsets.UTF_8)));

    assertThat(call("POST", "/hooks/whatsapp/wa", hook).whole("http")).isEqualTo(401);
    assertThat(
            call("POST", "/hooks/whatsapp/wa", hook, "X-Hub-Signature-256", signature)
                .whole("http"))
        .isEqualTo(200);
    until("/v1/opt-outs?number=4917012345678", answer -> !answer.array("opt_outs").isEmpty());

    Json.Obj refused =
        call(
            "POST",
            "/v1/messages",
            "{\"from\": \"15550783881\", \"to\": \"+4917012345678\", \"channels\": [\"wa\"],"
                + " \"text\": \"Hi\"}");
    assertThat(refused.whole("http")).isEqualTo(422);
    assertThat(refused.object("body").toString()).contains("ASSAY-GATEWAY-121");
  }
}
