package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.value.Secret;
import dev.assay.server.signon.SignOnOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single sign-on with Keycloak, which {@code .ci/slow} fetches: the system property {@code
 * keycloak.home} says where it is. Its name keeps it out of every other build.
 */
@Timeout(900)
class KeycloakSlow {

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");

  @TempDir private Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void realm(Path home, String name, String address) throws IOException {
    Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
    Files.writeString(
        imports.resolve(name + ".json"),
        """
        { "realm": "%1$s", "enabled": true, "sslRequired": "none",
          "groups": [ { "name": "team-shop" } ],
          "users": [
            { "username": "ada", "enabled": true, "email": "ada@example.com", "firstName": "Ada",
              "lastName": "L", "emailVerified": true, "groups": [ "/team-shop" ],
              "credentials": [ { "type": "password", "value": "difference engine" } ] },
            { "username": "eve", "enabled": true, "email": "eve@example.com", "firstName": "Eve",
              "lastName": "X", "emailVerified": true,
              "credentials": [ { "type": "password", "value": "difference engine" } ] } ],
          "clients": [
            { "clientId": "assay", "enabled": true, "protocol": "openid-connect",
              "publicClient": false, "secret": "a secret of the test",
              "standardFlowEnabled": true, "redirectUris": [ "%2$s/*" ],
              "attributes": { "pkce.code.challenge.method": "S256",
                "post.logout.redirect.uris": "%2$s/login" },
              "protocolMappers": [
                { "name": "groups", "protocol": "openid-connect",
                  "protocolMapper": "oidc-group-membership-mapper",
                  "config": { "claim.name": "groups", "full.path": "false",
                    "id.token.claim": "true", "userinfo.token.claim": "true",
                    "access.token.claim": "true" } } ] } ] }
        """
            .formatted(name, address));
  }

  private static void awaited(String address, Process process) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    try (Visitor visitor = new Visitor(address)) {
      while (true) {
        try {
          if (visitor.get("/.well-known/openid-configuration").statusCode() == 200) {
            return;
          }
        } catch (AssertionError notYet) {
          // nobody answers yet
        }
        assertThat(process.isAlive()).as("Keycloak lives").isTrue();
        assertThat(Instant.now()).as("Keycloak began in time").isBefore(end);
        Thread.sleep(1_000);
      }
    }
  }

  @Test
  void aMemberOfAGroupComesInWithItsRoleAndALogOutGoesOnToKeycloak() throws Exception {
    Path home = Path.of(System.getProperty("keycloak.home"));
    int port = freePort();
    int own = freePort();
    String issuer = "http://127.0.0.1:" + port + "/realms/acme";
    realm(home, "acme", "http://127.0.0.1:" + own);
    ProcessBuilder keycloak =
        new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keycloak.log").toFile());
    // it runs on the Java of the tests, which is newer than what its libraries were tried with
    keycloak.environment().put("JAVA_OPTS_APPEND", "-Dnet.bytebuddy.experimental=true");
    Process process = keycloak.start();
    try {
      awaited(issuer, process);
      SignOnOptions options =
          SignOnOptions.read(
              Map.of("issuer", issuer, "client", "assay"),
              Map.of("team-shop", "shop:developer"),
              Secret.of("a secret of the test"));
      try (FurnishedServer it =
          new FurnishedServer(
              new ServerOptions(
                  folder.resolve("data"),
                  InetAddress.getLoopbackAddress(),
                  own,
                  null,
                  "http://127.0.0.1:" + own,
                  options,
                  false,
                  false))) {
        walk(it, issuer);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      boolean _ = process.waitFor(60, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      System.out.println(Files.readString(folder.resolve("keycloak.log")));
    }
  }

  private static void walk(FurnishedServer it, String issuer) {
    try (Visitor ada = it.visitor()) {
      signOn(ada, issuer, "ada");
      assertThat(ada.get("/").body()).contains("ada", "The shop");
      assertThat(ada.get("/projects/shop").statusCode()).isEqualTo(200);
      assertThat(ada.get("/projects/shop/settings").statusCode()).isEqualTo(403);
      HttpResponse<String> gone = ada.post("/", "/logout", Map.of());
      assertThat(gone.uri().getPath()).endsWith("/login");
      assertThat(ada.get("/").uri().getPath()).isEqualTo("/login");
    }
    try (Visitor eve = it.visitor()) {
      assertThat(signOn(eve, issuer, "eve").body())
          .contains("none of your groups gives you anything here");
    }
  }

  private static HttpResponse<String> signOn(Visitor visitor, String issuer, String name) {
    HttpResponse<String> page = visitor.get("/oauth2/authorization/assay");
    assertThat(page.uri().toString()).startsWith(issuer);
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).as(page.body()).isTrue();
    return visitor.postAbsolute(
        URI.create(form.group(1).replace("&amp;", "&")),
        "username="
            + name
            + "&password="
            + java.net.URLEncoder.encode("difference engine", StandardCharsets.UTF_8));
  }
}
