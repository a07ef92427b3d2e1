package dev.assay.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateVersionsTest {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final TemplateVersions NONE = new TemplateVersions("hello", List.of());

  private static Json.Obj body(String text) {
    return JsonReader.read(
            "{\"name\": \"hello\", \"default\": \"en\", \"texts\": {\"en\": \"" + text + "\"}}")
        .asObject();
  }

  @Test
  void onlyWhatSomebodyElseApprovedIsSentWith() {
    TemplateVersions drafted = NONE.draft(body("one"), "ada", NOW);

    assertThatThrownBy(() -> drafted.sendable(0)).hasMessageContaining("no version is approved");
    assertThatThrownBy(() -> drafted.sendable(1)).hasMessageContaining("version 1 is draft");
    assertThatThrownBy(() -> drafted.approve(1, "Ada ")).hasMessageContaining("is ada's own");
    assertThat(drafted.approve(1, "grace").sendable(0).approver()).isEqualTo("grace");
  }

  @Test
  void theNewestApprovedVersionIsTheCurrentOne() {
    TemplateVersions all =
        NONE.draft(body("one"), "ada", NOW)
            .approve(1, "grace")
            .draft(body("two"), "ada", NOW)
            .approve(2, "grace")
            .draft(body("three"), "ada", NOW);

    assertThat(all.sendable(0).number()).isEqualTo(2);
    assertThat(all.retire(2).sendable(0).number()).isEqualTo(1);
    assertThat(all.version(1).body()).isEqualTo(body("one"));
    assertThatThrownBy(() -> all.approve(1, "grace")).hasMessageContaining("is approved");
    assertThatThrownBy(() -> all.retire(2).retire(2)).hasMessageContaining("retired already");
    assertThatThrownBy(() -> all.version(4)).hasMessageContaining("name one of 1 to 3");
  }

  @Test
  void aVersionIsReadAsItIsWritten() {
    TemplateVersions.Version version =
        NONE.draft(body("one"), "ada", NOW).approve(1, "grace").version(1);

    assertThat(TemplateVersions.Version.read(version.json())).isEqualTo(version);
  }

  @Test
  void aDraftIsAValidTemplateOfItsName() {
    assertThatThrownBy(() -> NONE.draft(body("{x}"), "ada", NOW))
        .hasMessageContaining("'x' is not among the variables");
    assertThatThrownBy(() -> new TemplateVersions("other", List.of()).draft(body("a"), "ada", NOW))
        .hasMessageContaining("names itself 'hello'");
  }
}
