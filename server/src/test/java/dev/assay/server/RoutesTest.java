package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Role;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.project.ProjectList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route there is, for everybody there is: who is let in, and who is not. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class RoutesTest {

  private static final String PASSWORD = "correct horse battery";

  /** Routes anybody may take; what they give is nothing of a project. */
  static final Set<String> OPEN =
      Set.of(
          "GET /login",
          "GET /set-up/{link}",
          "POST /set-up/{link}",
          "GET /join/{link}",
          "POST /join/{link}",
          "GET /health",
          "GET /ready",
          "GET /metrics", // for this machine, or with a token: see OperationsTest
          "GET /assets/evidence.css",
          "GET /api/v1/openapi.json",
          "GET /status/{project}", // only where its administrator opened it
          "GET /badge/{project}/{check}.svg",
          "GET /rulings.pub", // a public key
          "/error");

  /** Routes of members, and the role in the project that each takes. */
  static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("GET /", "MEMBER"),
          Map.entry("GET /account", "MEMBER"),
          Map.entry("POST /account/password", "MEMBER"),
          Map.entry("POST /account/sessions", "MEMBER"),
          Map.entry("POST /projects/new", "OWNER"),
          Map.entry("GET /members", "OWNER"),
          Map.entry("POST /members/{member}", "OWNER"),
          Map.entry("POST /members/invitations", "OWNER"),
          Map.entry("POST /members/invitations/{id}/withdraw", "OWNER"),
          Map.entry("GET /keys", "OWNER"),
          Map.entry("POST /keys", "OWNER"),
          Map.entry("POST /keys/{id}/rotate", "OWNER"),
          Map.entry("POST /keys/{id}/revoke", "OWNER"),
          Map.entry("GET /usage", "OWNER"),
          Map.entry("GET /audit", "OWNER"),
          Map.entry("GET /audit/export", "OWNER"),
          Map.entry("GET /projects/{name}", "VIEWER"),
          Map.entry("GET /projects/{name}/settings", "ADMIN"),
          Map.entry("POST /projects/{name}/title", "ADMIN"),
          Map.entry("POST /projects/{name}/archive", "ADMIN"),
          Map.entry("GET /projects/{name}/monitors", "VIEWER"),
          Map.entry("POST /projects/{name}/monitors/forget", "OPERATOR"),
          Map.entry("GET /projects/{name}/slos", "VIEWER"),
          Map.entry("GET /projects/{name}/alerts", "VIEWER"),
          Map.entry("GET /projects/{name}/incidents/{incident}", "VIEWER"),
          Map.entry("POST /projects/{name}/incidents/{incident}/acknowledge", "OPERATOR"),
          Map.entry("POST /projects/{name}/silences", "OPERATOR"),
          Map.entry("POST /projects/{name}/silences/{id}/expire", "OPERATOR"),
          Map.entry("POST /projects/{name}/alerting", "ADMIN"),
          Map.entry("POST /projects/{name}/status-page", "ADMIN"),
          Map.entry("GET /projects/{name}/members", "ADMIN"),
          Map.entry("POST /projects/{name}/members", "ADMIN"),
          Map.entry("POST /projects/{name}/members/{member}/take", "ADMIN"),
          Map.entry("POST /projects/{name}/invitations", "ADMIN"),
          Map.entry("POST /projects/{name}/invitations/{id}/withdraw", "ADMIN"),
          Map.entry("GET /projects/{name}/webhooks", "ADMIN"),
          Map.entry("POST /projects/{name}/webhooks", "ADMIN"),
          Map.entry("POST /projects/{name}/webhooks/{id}/remove", "ADMIN"),
          Map.entry("POST /projects/{name}/webhooks/{id}/test", "ADMIN"),
          Map.entry("POST /projects/{name}/webhooks/{id}/rotate", "ADMIN"),
          Map.entry("POST /projects/{name}/deliveries/{delivery}/replay", "ADMIN"),
          Map.entry("GET /projects/{name}/retention", "ADMIN"),
          Map.entry("POST /projects/{name}/retention", "ADMIN"),
          Map.entry("POST /projects/{name}/retention/apply", "ADMIN"),
          Map.entry("POST /projects/{name}/retention/erase", "ADMIN"),
          Map.entry("GET /projects/{name}/usage", "ADMIN"),
          Map.entry("GET /projects/{name}/quotas", "ADMIN"),
          Map.entry("POST /projects/{name}/quotas", "OWNER"),
          Map.entry("GET /projects/{name}/audit", "ADMIN"),
          Map.entry("GET /projects/{name}/audit/export", "ADMIN"),
          Map.entry("POST /projects/{name}/keys", "ADMIN"),
          Map.entry("POST /projects/{name}/keys/{id}/rotate", "ADMIN"),
          Map.entry("POST /projects/{name}/keys/{id}/revoke", "ADMIN"),
          Map.entry("GET /projects/{name}/runs/{run}", "VIEWER"),
          Map.entry("GET /projects/{name}/runs/{run}/events", "VIEWER"),
          Map.entry("GET /projects/{name}/runs/{run}/report", "VIEWER"),
          Map.entry("GET /projects/{name}/runs/{run}/rulings/{id}", "VIEWER"),
          Map.entry("POST /projects/{name}/runs/{run}/rulings", "OPERATOR"),
          Map.entry("POST /projects/{name}/runs/{run}/rulings/{id}/withdraw", "OPERATOR"),
          Map.entry("GET /projects/{name}/rulings", "VIEWER"),
          Map.entry("POST /projects/{name}/ruling-rule", "ADMIN"),
          Map.entry("GET /projects/{name}/compare", "VIEWER"),
          Map.entry("GET /projects/{name}/overview", "VIEWER"),
          Map.entry("GET /projects/{name}/checks", "VIEWER"),
          Map.entry("GET /projects/{name}/check", "VIEWER"),
          Map.entry("GET /projects/{name}/failures", "VIEWER"),
          Map.entry("GET /projects/{name}/failures/{fingerprint}", "VIEWER"),
          Map.entry("POST /projects/{name}/failures/{fingerprint}/owner", "DEVELOPER"),
          Map.entry("GET /projects/{name}/tests", "VIEWER"),
          Map.entry("POST /projects/{name}/quarantine", "DEVELOPER"),
          Map.entry("POST /projects/{name}/quarantine/lift", "DEVELOPER"));

  /** Routes of programs, and the scope that each takes. */
  static final Map<String, Scope> PROGRAMS =
      Map.ofEntries(
          Map.entry("POST /api/v1/projects/{project}/runs/{run}/entries", Scope.INGEST),
          Map.entry("PUT /api/v1/projects/{project}/artifacts/{sha256}", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/artifacts/{sha256}", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}/report", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}/outcomes", Scope.READ),
          Map.entry("POST /api/v1/projects/{project}/runs/{run}/logs", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}/logs", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}/rulings", Scope.READ),
          Map.entry("POST /api/v1/projects/{project}/runs/{run}/rulings", Scope.OPERATE),
          Map.entry("DELETE /api/v1/projects/{project}/runs/{run}/rulings/{id}", Scope.OPERATE),
          Map.entry("GET /api/v1/projects/{project}/rulings", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/overview", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/checks", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/check", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/trend", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/failures", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/failures/{fingerprint}", Scope.READ),
          Map.entry("PUT /api/v1/projects/{project}/failures/{fingerprint}/owner", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/tests", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/compare", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/quarantine", Scope.INGEST),
          Map.entry("PUT /api/v1/projects/{project}/quarantine", Scope.INGEST),
          Map.entry("DELETE /api/v1/projects/{project}/quarantine", Scope.INGEST),
          Map.entry("POST /api/v1/projects/{project}/ingest", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/alertmanager/api/v2/status", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/alertmanager/api/v2/receivers", Scope.READ),
          Map.entry("POST /api/v1/projects/{project}/alertmanager/api/v2/alerts", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/alertmanager/api/v2/alerts", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/alertmanager/api/v2/alerts/groups", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/alertmanager/api/v2/silences", Scope.READ),
          Map.entry("POST /api/v1/projects/{project}/alertmanager/api/v2/silences", Scope.OPERATE),
          Map.entry("GET /api/v1/projects/{project}/alertmanager/api/v2/silence/{id}", Scope.READ),
          Map.entry(
              "DELETE /api/v1/projects/{project}/alertmanager/api/v2/silence/{id}", Scope.OPERATE),
          Map.entry("PUT /api/v1/projects/{project}/monitors", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/monitors", Scope.READ),
          Map.entry("DELETE /api/v1/projects/{project}/runs/{run}", Scope.ADMIN),
          Map.entry("DELETE /api/v1/projects/{project}/monitors", Scope.OPERATE),
          Map.entry("PUT /api/v1/projects/{project}/slos", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/slos", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/incidents", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/incidents/{incident}", Scope.READ),
          Map.entry(
              "POST /api/v1/projects/{project}/incidents/{incident}/acknowledge", Scope.OPERATE),
          Map.entry("GET /api/v1/projects/{project}", Scope.READ),
          Map.entry("PUT /api/v1/projects/{project}", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/keys", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/keys", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/keys/{id}/rotate", Scope.ADMIN),
          Map.entry("DELETE /api/v1/projects/{project}/keys/{id}", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/members", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/members/{member}", Scope.ADMIN),
          Map.entry("DELETE /api/v1/projects/{project}/members/{member}", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/invitations", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/invitations", Scope.ADMIN),
          Map.entry("DELETE /api/v1/projects/{project}/invitations/{id}", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/webhooks", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/webhooks", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/webhooks/{id}", Scope.ADMIN),
          Map.entry("DELETE /api/v1/projects/{project}/webhooks/{id}", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/webhooks/{id}/test", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/webhooks/{id}/rotate", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/deliveries", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/deliveries/{delivery}/replay", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/ruling-rule", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/ruling-rule", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/retention", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/retention", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/retention/plan", Scope.ADMIN),
          Map.entry("POST /api/v1/projects/{project}/retention/apply", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/usage", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/quotas", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/audit", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/audit/export", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/alerting", Scope.ADMIN),
          Map.entry("GET /api/v1/projects/{project}/status-page", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/status-page", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/alerting", Scope.ADMIN));

  /** Routes of programs with a key of the server, and the scope that each takes. */
  static final Map<String, Scope> SERVER_PROGRAMS =
      Map.ofEntries(
          Map.entry("GET /api/v1/projects", Scope.READ),
          Map.entry("POST /api/v1/projects", Scope.ADMIN),
          Map.entry("GET /api/v1/keys", Scope.ADMIN),
          Map.entry("POST /api/v1/keys", Scope.ADMIN),
          Map.entry("POST /api/v1/keys/{id}/rotate", Scope.ADMIN),
          Map.entry("DELETE /api/v1/keys/{id}", Scope.ADMIN),
          Map.entry("GET /api/v1/members", Scope.ADMIN),
          Map.entry("GET /api/v1/members/{member}", Scope.ADMIN),
          Map.entry("PUT /api/v1/members/{member}", Scope.ADMIN),
          Map.entry("DELETE /api/v1/members/{member}", Scope.ADMIN),
          Map.entry("DELETE /api/v1/members/{member}/sessions", Scope.ADMIN),
          Map.entry("POST /api/v1/members/{member}/password", Scope.ADMIN),
          Map.entry("GET /api/v1/invitations", Scope.ADMIN),
          Map.entry("POST /api/v1/invitations", Scope.ADMIN),
          Map.entry("DELETE /api/v1/invitations/{id}", Scope.ADMIN),
          Map.entry("GET /api/v1/usage", Scope.ADMIN),
          Map.entry("PUT /api/v1/projects/{project}/quotas", Scope.ADMIN),
          Map.entry("GET /api/v1/audit", Scope.ADMIN),
          Map.entry("GET /api/v1/audit/export", Scope.ADMIN),
          Map.entry("GET /api/v1/audit/verification", Scope.ADMIN));

  /** What any key that is good may ask: it is told of itself only. */
  static final Set<String> ANY_KEY = Set.of("GET /api/v1/key");

  @Parameter Keeping keeping;
  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeParameterizedClassInvocation
  static void start(Keeping keeping) {
    server = RunningServer.start(keeping.options(folder.resolve(keeping.name())));
    Members members = server.bean(Members.class);
    members.add("owner", PASSWORD, true);
    ProjectList projects = server.bean(ProjectList.class);
    projects.make("shop", "The shop");
    projects.make("other", "Another");
    for (Role role : Role.values()) {
      String name = "a-" + role.name();
      members.add(name, PASSWORD, false);
      members.grant(name, "shop", role);
    }
    members.add("stranger", PASSWORD, false);
    members.grant("stranger", "other", Role.ADMIN);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  private static Set<String> routes() {
    return routes(server);
  }

  /** Every route of a server, as its method and its pattern. */
  static Set<String> routes(RunningServer server) {
    Set<String> routes = new TreeSet<>();
    server
        .bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(route ->
            route
                .getPatternValues()
                .forEach(path ->
                    routes.add(
                        route.getMethodsCondition().getMethods().isEmpty()
                            ? path
                            : route.getMethodsCondition().getMethods().iterator().next()
                                + " "
                                + path)));
    return routes;
  }

  private static String path(String route) {
    return route
        .replaceFirst("[A-Z]+ ", "")
        .replace("/api/v1/", "")
        .replace("{name}", "shop")
        .replace("{project}", "shop")
        .replace("{run}", "nobody")
        .replace("{member}", "nobody")
        .replace("{delivery}", "0")
        .replace("{incident}", "nobody")
        .replace("{id}", "000000000000")
        .replace("{fingerprint}", "0123456789abcdef")
        .replace("{sha256}", "0".repeat(64));
  }

  @Test
  void everyRouteIsInOneOfTheTables() {
    Set<String> known = new TreeSet<>(OPEN);
    known.addAll(MEMBERS.keySet());
    known.addAll(PROGRAMS.keySet());
    known.addAll(SERVER_PROGRAMS.keySet());
    known.addAll(ANY_KEY);

    assertThat(routes()).isEqualTo(known);
  }

  @Test
  void whoIsNotKnownIsSentToTheDoor() {
    try (Visitor nobody = new Visitor(server.address())) {
      for (String route : MEMBERS.keySet()) {
        if (route.startsWith("GET ")) {
          assertThat(nobody.get(path(route)).uri().getPath()).as(route).isEqualTo("/login");
        } else {
          assertThat(nobody.postRaw(path(route), "").statusCode()).as(route).isEqualTo(403);
        }
      }
      assertThat(nobody.get("/no/such/page").uri().getPath()).isEqualTo("/login");
    }
  }

  @Test
  void aMemberTakesTheRoutesOfTheirRoleAndNoOther() {
    for (Role role : Role.values()) {
      try (Visitor member = in("a-" + role.name())) {
        new TreeMap<>(MEMBERS)
            .forEach((route, least) -> {
              if (route.equals("POST /account/sessions")) {
                return; // it ends the log-in: see MembersTest
              }
              boolean may =
                  least.equals("MEMBER")
                      || !least.equals("OWNER") && role.atLeast(Role.valueOf(least));
              assertThat(refused(member, route)).as(role + " " + route).isEqualTo(!may);
            });
      }
    }
  }

  @Test
  void anothersProjectIsNotThere() {
    try (Visitor stranger = in("stranger")) {
      for (String route : MEMBERS.keySet()) {
        if (route.contains("{name}")) {
          int status =
              route.startsWith("GET ")
                  ? stranger.get(path(route)).statusCode()
                  : stranger.post("/", path(route), Map.of()).statusCode();
          assertThat(status).as(route).isEqualTo(404);
        }
      }
      assertThat(stranger.get("/").body()).contains("Another").doesNotContain("The shop");
    }
  }

  @Test
  void aKeyTakesTheRoutesOfItsScopesInItsProjectOnly() {
    ProjectKeys keys = server.bean(ProjectKeys.class);
    for (Scope scope : Scope.values()) {
      String own = keys.make("shop", "own", EnumSet.of(scope), Duration.ofDays(1));
      String others = keys.make("other", "other", EnumSet.allOf(Scope.class), Duration.ofDays(1));
      try (Visitor program = new Visitor(server.address())) {
        PROGRAMS.forEach((route, needed) -> {
          letsIn(program, route, own, scope, needed == scope);
          assertThat(status(program, route, others)).as(route).isEqualTo(404);
          assertThat(status(program, route, "none")).as(route).isEqualTo(401);
        });
        for (String route : SERVER_PROGRAMS.keySet()) {
          assertThat(status(program, route, own)).as(scope + " " + route).isEqualTo(403);
          assertThat(status(program, route, others)).as(route).isEqualTo(403);
          assertThat(status(program, route, "none")).as(route).isEqualTo(401);
        }
        for (String route : ANY_KEY) {
          assertThat(status(program, route, own)).as(scope + " " + route).isEqualTo(200);
          assertThat(status(program, route, "none")).as(route).isEqualTo(401);
        }
      }
    }
  }

  @Test
  void aKeyOfTheServerTakesTheRoutesOfItsScopesEverywhere() {
    for (Scope scope : Scope.values()) {
      String key = server.bean(ServerKeys.class).make("all", EnumSet.of(scope), Duration.ofDays(1));
      try (Visitor program = new Visitor(server.address())) {
        PROGRAMS.forEach((route, needed) -> letsIn(program, route, key, scope, needed == scope));
        SERVER_PROGRAMS.forEach(
            (route, needed) -> letsIn(program, route, key, scope, needed == scope));
        for (String route : ANY_KEY) {
          assertThat(status(program, route, key)).as(scope + " " + route).isEqualTo(200);
        }
        assertThat(program.ask("GET", "projects/none", key, new byte[0]).statusCode())
            .isIn(403, 404);
      }
    }
  }

  private static void letsIn(
      Visitor program, String route, String key, Scope scope, boolean expected) {
    int status = status(program, route, key);
    if (expected) {
      assertThat(status).as(scope + " " + route).isNotIn(401, 403).isLessThan(500);
    } else {
      assertThat(status).as(scope + " " + route).isEqualTo(403);
    }
  }

  private static int status(Visitor program, String route, String key) {
    return program.ask(route.split(" ")[0], path(route), key, new byte[0]).statusCode();
  }

  private static Visitor in(String name) {
    Visitor visitor = new Visitor(server.address());
    visitor.post("/login", "/login", Map.of("username", name, "password", PASSWORD));
    assertThat(visitor.get("/").body()).contains(name);
    return visitor;
  }

  /** Whether somebody is refused because of who they are. */
  private static boolean refused(Visitor member, String route) {
    if (route.startsWith("GET ")) {
      return member.get(path(route)).statusCode() == 403;
    }
    Map<String, String> fields =
        route.endsWith("/new") ? Map.of("name", "!", "title", "none") : Map.of();
    return member.post("/", path(route), fields).statusCode() == 403;
  }
}
