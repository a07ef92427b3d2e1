package dev.assay.server;

import static dev.assay.server.FurnishedServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.assay.api.value.Secret;
import dev.assay.server.signon.SignOnOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single sign-on with a real provider, npm's oidc-provider, which insists on PKCE. */
@Timeout(180)
class SignOnTest {

  private static final Path MODULES = Path.of("target", "node", "node_modules").toAbsolutePath();
  private static final Pattern FORM = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

  @TempDir private static Path folder;
  private static Process process;
  private static PrintWriter tell;
  private static BufferedReader answers;
  private static FurnishedServer it;
  private static String issuer;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        Files.isDirectory(MODULES.resolve("oidc-provider")),
        "oidc-provider is not installed; .ci/run does that");
    Path script = MODULES.resolveSibling("provider.mjs");
    try (InputStream text = SignOnTest.class.getResourceAsStream("provider.mjs")) {
      Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
    }
    process =
        new ProcessBuilder("node", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    tell = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    answers = process.inputReader(StandardCharsets.UTF_8);
    issuer = "http://127.0.0.1:" + answers.readLine();
    SignOnOptions options =
        SignOnOptions.read(
            Map.of("issuer", issuer, "client", "assay"),
            Map.of("team-shop", "shop:developer", "leads", "shop:admin", "admins", "owner"),
            Secret.of("a secret of the test"));
    it =
        new FurnishedServer(
            new ServerOptions(
                folder, InetAddress.getLoopbackAddress(), 0, null, null, options, false, false));
    told("server " + it.server.address());
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (it != null) {
      it.close();
    }
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void told(String line) throws IOException {
    tell.println(line);
    String answer = answers.readLine();
    while (answer != null && !answer.equals("done")) {
      answer = answers.readLine(); // the provider warns of what a test may do
    }
    assertThat(answer).isEqualTo("done");
  }

  /** Logs in at the provider, and agrees to what it asks. */
  private static HttpResponse<String> signOn(Visitor visitor, String name) {
    HttpResponse<String> page = visitor.get("/oauth2/authorization/assay");
    assertThat(page.uri().toString()).startsWith(issuer);
    page = fill(visitor, page, "prompt=login&login=" + name + "&password=x");
    return page.uri().toString().startsWith(issuer) && page.body().contains("consent")
        ? fill(visitor, page, "prompt=consent")
        : page;
  }

  private static HttpResponse<String> fill(
      Visitor visitor, HttpResponse<String> page, String fields) {
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).as(page.body()).isTrue();
    return visitor.postAbsolute(page.uri().resolve(form.group(1)), fields);
  }

  @Test
  void aMemberOfAGroupComesInWithItsRoleAndLosesItWithTheGroup() throws IOException {
    try (Visitor ada = it.visitor()) {
      assertThat(ada.get("/login").body()).contains("Log in by single sign-on");
      signOn(ada, "ada");
      assertThat(ada.get("/").body()).contains("ada", "The shop");
      assertThat(ada.get("/projects/shop/settings").statusCode()).isEqualTo(403);
      assertThat(ada.get("/account").body()).doesNotContain("Change the password");
    }
    try (Visitor ada = it.visitor()) {
      told("groups ada leads");
      signOn(ada, "ada");
      assertThat(ada.get("/projects/shop/settings").statusCode()).isEqualTo(200);
    }
    try (Visitor ada = it.visitor()) {
      told("groups ada");
      signOn(ada, "ada");
      assertThat(ada.get("/projects/shop").statusCode()).isEqualTo(404);
    }
    assertThat(it.owner.get("/audit?member=ada").body())
        .contains("by: single sign-on", "role: developer", "role: admin", "role.taken");
  }

  @Test
  void aGroupMayGiveTheWholeServer() {
    try (Visitor grace = it.visitor()) {
      signOn(grace, "grace");
      assertThat(grace.get("/members").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoeverHasNoGroupThatGivesSomethingIsRefusedAndToldWhy() {
    try (Visitor eve = it.visitor()) {
      assertThat(signOn(eve, "eve").body()).contains("none of your groups gives you anything here");
      assertThat(eve.get("/").uri().getPath()).isEqualTo("/login");
    }
  }

  @Test
  void nobodyTakesOverAMemberByTheirName() throws IOException {
    told("groups kim admins");
    try (Visitor impostor = it.visitor()) {
      assertThat(signOn(impostor, "kim").body()).contains("that is another member's");
      assertThat(impostor.get("/").uri().getPath()).isEqualTo("/login");
    }
  }

  @Test
  void anAnswerThatNobodyAskedForIsRefused() {
    try (Visitor victim = it.visitor()) {
      assertThat(victim.get("/login/oauth2/code/assay?code=stolen&state=forged").body())
          .contains("Single sign-on did not succeed");
    }
  }

  @Test
  void aTokenOfAnotherLogInIsRefused() throws IOException {
    told("groups mallory admins");
    told("forge yes");
    try (Visitor mallory = it.visitor()) {
      assertThat(signOn(mallory, "mallory").body()).contains("Single sign-on did not succeed");
      assertThat(mallory.get("/").uri().getPath()).isEqualTo("/login");
    } finally {
      told("forge no");
    }
  }

  @Test
  void aLogOutGoesOnToTheProvider() throws IOException {
    told("groups hedy admins");
    try (Visitor hedy = it.visitor()) {
      signOn(hedy, "hedy");
      HttpResponse<String> gone = hedy.post("/", "/logout", Map.of());
      assertThat(gone.uri().toString()).startsWith(issuer + "/session/end");
      assertThat(hedy.get("/").uri().getPath()).isEqualTo("/login");
      assertThat(hedy.get("/login").headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("form-action 'self' " + issuer);
    }
  }

  @Test
  void aMemberWithAPasswordLogsInAsBefore() {
    try (Visitor kim = it.visitor()) {
      FurnishedServer.login(kim, "kim", PASSWORD);
      assertThat(kim.get("/").body()).contains("kim");
      assertThat(kim.post("/", "/logout", Map.of()).uri().getPath()).isEqualTo("/login");
    }
  }

  @Test
  void aProviderThatIsAwayIsSaidAndAPasswordStillLetsIn(@TempDir Path other) throws IOException {
    AtomicBoolean there = new AtomicBoolean();
    HttpServer provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    String address = "http://127.0.0.1:" + provider.getAddress().getPort();
    provider.createContext(
        "/",
        exchange -> {
          boolean asked = exchange.getRequestURI().getPath().endsWith("/openid-configuration");
          byte[] body =
              (asked ? metadata(address) : "the provider's page").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(there.get() ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    provider.start();
    SignOnOptions options =
        SignOnOptions.read(Map.of("issuer", address, "client", "assay"), Map.of(), null);
    try (FurnishedServer alone =
            new FurnishedServer(
                new ServerOptions(
                    other,
                    InetAddress.getLoopbackAddress(),
                    0,
                    null,
                    null,
                    options,
                    false,
                    false));
        Visitor ada = alone.visitor();
        Visitor grace = alone.visitor()) {
      HttpResponse<String> page = ada.get("/oauth2/authorization/assay");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.uri().getPath()).isEqualTo("/login");
      assertThat(page.body()).contains("does not answer", "logs in with it meanwhile");
      assertThat(ada.get("/login/oauth2/code/assay?code=a&state=b").body())
          .contains("does not answer");
      FurnishedServer.login(ada, "kim", PASSWORD);
      assertThat(ada.get("/").body()).contains("kim");

      there.set(true);
      assertThat(grace.get("/oauth2/authorization/assay").body()).isEqualTo("the provider's page");
    } finally {
      provider.stop(0);
    }
  }

  private static String metadata(String issuer) {
    return """
    { "issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
      "jwks_uri": "%1$s/jwks", "subject_types_supported": ["public"],
      "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"] }
    """
        .formatted(issuer);
  }

  @Test
  void whatIsWrongWithTheSettingsIsSaid() {
    assertThatThrownBy(() ->
            SignOnOptions.read(
                Map.of("issuer", "http://idp.example", "client", "x"), Map.of(), null))
        .hasMessageContaining("must begin with https://");
    assertThatThrownBy(() ->
            SignOnOptions.read(
                Map.of("issuer", "https://idp.example", "client", "x"),
                Map.of("team", "shop:king"),
                null))
        .hasMessageContaining("write PROJECT:ROLE");
    assertThat(
            SignOnOptions.read(
                    Map.of("issuer", "https://idp.example/realm", "client", "x"), Map.of(), null)
                .origin())
        .isEqualTo("https://idp.example");
    assertThat(URI.create(issuer).getHost()).isEqualTo("127.0.0.1");
  }
}
