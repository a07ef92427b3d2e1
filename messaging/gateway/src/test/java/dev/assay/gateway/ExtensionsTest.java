package dev.assay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.testkit.SetClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What templates, opt-outs, schedules and channels add to a gateway, as a client meets it. */
class ExtensionsTest {

  private static final String HELLO =
      "{\"name\": \"hello\", \"default\": \"en\", \"variables\": {\"who\": \"text\"}, \"texts\":"
          + " {\"en\": \"Hello {who}\", \"de\": \"Hallo {who}\"}, \"subjects\": {\"en\": \"Hi\"}}";

  @TempDir private Path folder;
  private final SetClock clock = new SetClock("2026-12-01T12:00:00Z");
  private final List<AutoCloseable> opened = new ArrayList<>();

  private TestHost open(Map<String, String> configuration) {
    TestHost host = new TestHost(clock, new MemoryDocuments(), folder);
    ServiceLoader.load(Extension.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(Extension::order))
        .forEach(extension ->
            opened.add(
                extension.open(
                    JsonReader.read(configuration.getOrDefault(extension.key(), "{}")), host)));
    return host;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private static Draft sent(Intake.Taken taken) {
    assertThat(taken).isInstanceOf(Intake.Taken.Send.class);
    return ((Intake.Taken.Send) taken).draft();
  }

  private static String refused(Intake.Taken taken) {
    assertThat(taken).isInstanceOf(Intake.Taken.Refuse.class);
    return ((Intake.Taken.Refuse) taken).problem().what();
  }

  @Test
  void aTemplateIsDraftedApprovedAndSentWith() {
    TestHost host = open(Map.of());
    String message =
        "{\"to\": \"+4917012345678\", \"template\": \"hello\", \"locale\": \"de-AT\","
            + " \"variables\": {\"who\": \"Ada\"}}";

    assertThat(refused(host.post(message))).contains("there is no template 'hello'");
    assertThat(host.call("ada", "POST", "/v1/templates/hello", HELLO).status()).isEqualTo(201);
    assertThat(refused(host.post(message))).contains("no version is approved");
    assertThatThrownBy(() -> host.call("ada", "POST", "/v1/templates/hello/versions/1/approve", ""))
        .hasMessageContaining("ada's own");
    assertThat(host.call("grace", "POST", "/v1/templates/hello/versions/1/approve", "").status())
        .isEqualTo(200);

    Draft draft = sent(host.post(message));
    assertThat(draft.text()).isEqualTo("Hallo Ada");
    assertThat(draft.properties()).containsEntry("subject", "Hi");
    assertThat(
            refused(
                host.post(
                    "{\"to\": \"+49170\", \"template\": \"hello\", \"variables\": {\"whom\":"
                        + " \"x\"}}")))
        .contains("no variable 'whom'");
    assertThat(TestHost.text(host.call("ada", "GET", "/v1/templates", "")))
        .isEqualTo("200 {\"templates\":[{\"current\":1,\"name\":\"hello\",\"versions\":1}]}");
    Json preview =
        host.call("ada", "POST", "/v1/templates/hello/preview", "{\"locale\": \"de\"}").body();
    assertThat(preview.asObject().text("text")).isEqualTo("Hallo who");
  }

  @Test
  void filesOfTheOperatorAreApprovedVersions() throws IOException {
    Files.createDirectory(folder.resolve("texts"));
    Files.writeString(folder.resolve("texts/hello.yaml"), HELLO);

    TestHost host = open(Map.of("templates", "{\"folder\": \"texts\"}"));

    assertThat(
            sent(host.post(
                    "{\"to\": \"x\", \"template\": \"hello\", \"variables\": {\"who\": \"Bo\"}}"))
                .text())
        .isEqualTo("Hello Bo");
  }

  @Test
  void whoAnswersStopIsAnsweredOnceAndSentNothingMore() {
    TestHost host = open(Map.of("opt out", "{\"language\": \"de\"}"));
    Incoming stop = new Incoming("sms", "4917012345678", "Shop", "Stop!", clock.now());

    host.ears.forEach(ear -> ear.apply(stop));
    host.ears.forEach(ear -> ear.apply(stop));

    assertThat(host.submitted).hasSize(1);
    Draft answer = host.submitted.values().iterator().next();
    assertThat(answer.text()).startsWith("Sie sind abgemeldet").contains("Shop");
    assertThat(answer.channels()).containsExactly("sms");
    assertThat(answer.to()).isEqualTo("4917012345678");
    assertThat(
            refused(
                host.post("{\"from\": \"Shop\", \"to\": \"+4917012345678\", \"text\": \"Hi\"}")))
        .contains("said no")
        .doesNotContain("4917");
    assertThat(
            sent(host.post("{\"from\": \"Shop\", \"to\": \"+4917012345679\", \"text\": \"Hi\"}")))
        .isNotNull();

    host.call(
        "ada",
        "POST",
        "/v1/opt-outs",
        "{\"sender\": \"Shop\", \"number\": \"+4917012345678\", \"state\": \"in\"}");
    assertThat(
            sent(host.post("{\"from\": \"Shop\", \"to\": \"+4917012345678\", \"text\": \"Hi\"}")))
        .isNotNull();
    assertThat(
            host.call("ada", "GET", "/v1/opt-outs?number=4917012345678", "")
                .body()
                .asObject()
                .array("opt_outs"))
        .hasSize(1);
  }

  @Test
  void aMessageForLaterIsKeptAndCanBeStopped() {
    TestHost host = open(Map.of("schedule", "{\"quiet\": \"21:00-08:00\"}"));

    Intake.Taken taken =
        host.post(
            "{\"to\": \"+4917012345678\", \"text\": \"Hi\", \"schedule\": {\"at\":"
                + " \"2026-12-24T23:00\"}}");

    assertThat(taken).isInstanceOf(Intake.Taken.Kept.class);
    String id = ((Intake.Taken.Kept) taken).id();
    Json.Obj told = host.call("shop", "GET", "/v1/schedules/" + id, "").body().asObject();
    assertThat(told.text("next")).as("after the quiet hours").isEqualTo("2026-12-25T07:00:00Z");
    assertThat(
            host.call("shop", "POST", "/v1/schedules/" + id + "/pause", "")
                .body()
                .asObject()
                .text("state"))
        .isEqualTo("paused");
    assertThat(
            host.call("shop", "POST", "/v1/schedules/" + id + "/cancel", "")
                .body()
                .asObject()
                .text("state"))
        .isEqualTo("cancelled");
    assertThatThrownBy(() -> host.call("shop", "POST", "/v1/schedules/" + id + "/resume", ""))
        .hasMessageContaining("it is cancelled");
    assertThat(host.call("shop", "GET", "/v1/schedules/none", "").status()).isEqualTo(404);
    assertThat(
            refused(
                host.post(
                    "{\"to\": \"x\", \"text\": \"Hi\", \"schedule\": {\"cron\": \"often\"}}")))
        .contains("has 1");
    assertThat(
            host.call(
                    "shop", "POST", "/v1/schedules/preview", "{\"cron\": \"@daily\", \"show\": 2}")
                .body()
                .asObject()
                .array("times"))
        .hasSize(2);
  }

  @Test
  void theSchedulerSendsByItself() throws InterruptedException {
    TestHost host = open(Map.of());
    host.post(
        "{\"to\": \"+4917012345678\", \"text\": \"Hi\", \"schedule\": {\"at\":"
            + " \"2026-12-01T12:00:00Z\"}}");
    clock.pass(Duration.ofMinutes(1));

    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    synchronized (host) {
      while (host.submitted.isEmpty() && System.nanoTime() - end < 0) {
        host.wait(50);
      }
    }
    assertThat(host.submitted).hasSize(1);
  }

  @Test
  void channelsAreMadeAsTheyAreWritten() {
    TestHost host =
        open(
            Map.of(
                "channels",
                """
                {"team": {"kind": "slack", "token": "xoxb-1", "rate": "1/s"},
                 "wa": {"kind": "whatsapp", "phone number id": "1", "token": "t", "app secret": "s", "verify token": "v"},
                 "vb": {"kind": "viber", "sender": "Shop", "token": "t"},
                 "pd": {"kind": "pagerduty", "routing key": "k"},
                 "hook": {"kind": "webhook", "url": "https://example.org/in", "secret": "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"},
                 "post": {"kind": "email", "host": "mail.example.org", "from": "shop@example.org", "user": "u", "password": "p"}}
                """));

    assertThat(host.channels)
        .extracting(channel -> channel.name() + " " + channel.kind())
        .containsExactly(
            "team slack", "wa whatsapp", "vb viber", "pd pagerduty", "hook webhook", "post email");
    assertThat(host.resources.stream().filter(Host.Resource::open).map(Host.Resource::prefix))
        .containsExactly("/hooks/whatsapp/wa", "/hooks/viber/vb");
    host.channels.forEach(Channel::close);
  }

  @Test
  void allThatIsWrongWithChannelsIsToldAtOnceAndNoSecret() {
    assertThatThrownBy(() ->
            open(
                Map.of(
                    "channels",
                    """
                    {"a": {"kind": "slak", "token": "hush"},
                     "b": {"kind": "slack", "token": "hush", "tokn": "hush"},
                     "c": {"kind": "viber", "token": "hush"},
                     "d": {"kind": "webhook", "url": "ftp://x", "secret": "hush"}}
                    """)))
        .hasMessageContaining("did you mean 'slack'")
        .hasMessageContaining("'tokn' says nothing")
        .hasMessageContaining("'sender' is missing")
        .hasMessageContaining("'ftp://x' is no address")
        .hasMessageNotContaining("hush");
  }
}
