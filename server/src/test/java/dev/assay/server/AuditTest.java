package dev.assay.server;

import static dev.assay.server.FurnishedServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.server.audit.AuditLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was done is noted, in a chain, with no secret; and people can be forgotten in it. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class AuditTest {

  @Parameter Keeping keeping;
  @TempDir private Path folder;
  private FurnishedServer it;

  @BeforeEach
  void start() {
    it = new FurnishedServer(keeping.options(folder));
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private String exported() {
    return it.owner.get("/audit/export?format=jsonl").body();
  }

  @Test
  void whoDidWhatToWhatFromWhereIsThere() {
    try (Visitor ada = it.member("ada", "admin")) {
      ada.post("/projects/shop/settings", "/projects/shop/keys", Map.of("label", "CI"));
      FurnishedServer.login(ada, "ada", "not the password");
      FurnishedServer.login(ada, "correct horse batteryy", "kim");

      String log = exported();
      assertThat(log)
          .contains("\"action\":\"key.made\"", "\"action\":\"login.refused\"", "an unknown name")
          .contains("\"who\":\"ada\"", "\"from\":\"127.0.0.1\"", "\"action\":\"member.invited\"")
          .doesNotContain(PASSWORD, "not the password", "batteryy")
          .doesNotContainPattern("assay_[0-9a-f]{12}_[0-9a-f]{64}");
      assertThat(it.owner.get("/audit?action=key").body())
          .contains("key.made", "ada")
          .doesNotContain("<code>login</code>");
      assertThat(ada.get("/projects/shop/audit").body()).doesNotContain("login.refused");
    }
  }

  @Test
  void theExportCanBeVerifiedWithoutAssay() throws GeneralSecurityException {
    String hash = "0".repeat(64);
    int sequence = 0;
    for (String line : exported().lines().toList().reversed()) {
      Json.Obj entry = JsonReader.read(line).asObject();
      String chained = hash + "\n" + ++sequence + "\n" + JsonWriter.canonical(entry.get("chained"));
      hash =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(chained.getBytes(StandardCharsets.UTF_8)));
      assertThat(entry.text("hash")).isEqualTo(hash);
    }
    assertThat(sequence).isGreaterThan(2);
  }

  @Test
  void aTableForASpreadsheetHasNoFormulas() {
    it.owner.post("/projects/shop/settings", "/projects/shop/keys", Map.of("label", "=1+1"));

    assertThat(it.owner.get("/audit/export?format=csv").body())
        .startsWith("sequence,at,who,from,action,project,target,detail,hash\r\n")
        .contains("\"key.made\",\"shop\"")
        .doesNotContain(",\"=");
  }

  @Test
  void whoeverIsForgottenIsInNoEntryAndTheChainIsWhole() throws java.io.IOException {
    try (Visitor ada = it.member("ada-lovelace", "admin")) {
      ada.post("/projects/shop/settings", "/projects/shop/keys", Map.of("label", "CI"));
      assertThat(exported()).contains("ada-lovelace");
      it.owner.post("/members", "/members/ada-lovelace", Map.of("change", "forget"));

      assertThat(exported())
          .doesNotContain("ada-lovelace")
          .contains("somebody who was forgotten", "key.made");
      assertThat(it.server.bean(AuditLog.class).verify().damages()).isEmpty();
      try (var files = java.nio.file.Files.list(folder)) {
        for (Path file : files.filter(each -> each.toString().contains("accounts.db")).toList()) {
          assertThat(
                  new String(java.nio.file.Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("ada-lovelace");
        }
      }
    }
  }

  @Test
  void anEntryThatWasChangedIsFoundAndAnAliasThatWasMovedToo() {
    JdbcClient accounts = it.server.bean(JdbcClient.class);
    AuditLog log = it.server.bean(AuditLog.class);
    assertThat(log.verify().damages()).isEmpty();

    int _ = accounts.sql("UPDATE alias SET value = 'eve' WHERE value = 'kim'").update();
    assertThat(log.verify().damages()).hasSize(1).first().asString().contains("alias");
    int _ = accounts.sql("UPDATE alias SET value = 'kim' WHERE value = 'eve'").update();
    int _ =
        accounts
            .sql(
                keeping == Keeping.FILE
                    ? "DROP TRIGGER audit_is_never_changed"
                    : "DROP TRIGGER audit_is_never_changed ON audit")
            .update();
    int _ =
        accounts
            .sql("UPDATE audit SET body = replace(body, 'project.made', 'project.mode')")
            .update();

    assertThat(log.verify().damages()).contains("entry 3 is not the one that was chained");
  }

  @Test
  void anEntryCannotBeTakenAway() {
    JdbcClient accounts = it.server.bean(JdbcClient.class);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> accounts.sql("DELETE FROM audit WHERE sequence = 1").update())
        .hasMessageContaining("never deleted");
  }

  @Test
  void whoeverGuessesPasswordsIsSlowedDown() {
    try (Visitor guesser = it.visitor()) {
      for (int i = 0; i < 5; i++) {
        assertThat(FurnishedServer.login(guesser, "kim", "a guess of mine " + i).body())
            .contains("The name or the password is not right.");
      }
      assertThat(FurnishedServer.login(guesser, "kim", PASSWORD).body())
          .contains("Too many attempts");
    }
  }
}
