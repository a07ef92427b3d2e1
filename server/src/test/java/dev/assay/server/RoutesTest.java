package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Role;
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
  private static final Set<String> OPEN =
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
          "/error");

  /** Routes of members, and the role in the project that each takes. */
  private static final Map<String, String> MEMBERS =
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
          Map.entry("GET /audit", "OWNER"),
          Map.entry("GET /audit/export", "OWNER"),
          Map.entry("GET /projects/{name}", "VIEWER"),
          Map.entry("GET /projects/{name}/settings", "ADMIN"),
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
          Map.entry("POST /projects/{name}/deliveries/{delivery}/replay", "ADMIN"),
          Map.entry("GET /projects/{name}/retention", "ADMIN"),
          Map.entry("POST /projects/{name}/retention", "ADMIN"),
          Map.entry("POST /projects/{name}/retention/apply", "ADMIN"),
          Map.entry("POST /projects/{name}/retention/erase", "ADMIN"),
          Map.entry("GET /projects/{name}/audit", "ADMIN"),
          Map.entry("GET /projects/{name}/audit/export", "ADMIN"),
          Map.entry("POST /projects/{name}/keys", "ADMIN"),
          Map.entry("POST /projects/{name}/keys/{id}/rotate", "ADMIN"),
          Map.entry("POST /projects/{name}/keys/{id}/revoke", "ADMIN"),
          Map.entry("GET /projects/{name}/runs/{run}", "VIEWER"),
          Map.entry("GET /projects/{name}/runs/{run}/events", "VIEWER"),
          Map.entry("GET /projects/{name}/runs/{run}/report", "VIEWER"),
          Map.entry("GET /projects/{name}/compare", "VIEWER"),
          Map.entry("GET /projects/{name}/checks", "VIEWER"),
          Map.entry("GET /projects/{name}/check", "VIEWER"),
          Map.entry("GET /projects/{name}/failures", "VIEWER"),
          Map.entry("GET /projects/{name}/failures/{fingerprint}", "VIEWER"),
          Map.entry("POST /projects/{name}/failures/{fingerprint}/owner", "DEVELOPER"),
          Map.entry("GET /projects/{name}/tests", "VIEWER"),
          Map.entry("POST /projects/{name}/quarantine", "DEVELOPER"),
          Map.entry("POST /projects/{name}/quarantine/lift", "DEVELOPER"));

  /** Routes of programs, and the scope that each takes. */
  private static final Map<String, Scope> PROGRAMS =
      Map.ofEntries(
          Map.entry("POST /api/v1/projects/{project}/runs/{run}/entries", Scope.INGEST),
          Map.entry("PUT /api/v1/projects/{project}/artifacts/{sha256}", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/artifacts/{sha256}", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}/report", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/runs/{run}/outcomes", Scope.READ),
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
          Map.entry("DELETE /api/v1/projects/{project}/runs/{run}", Scope.OPERATE),
          Map.entry("PUT /api/v1/projects/{project}/slos", Scope.INGEST),
          Map.entry("GET /api/v1/projects/{project}/slos", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/incidents", Scope.READ),
          Map.entry("GET /api/v1/projects/{project}/incidents/{incident}", Scope.READ),
          Map.entry(
              "POST /api/v1/projects/{project}/incidents/{incident}/acknowledge", Scope.OPERATE),
          Map.entry("PUT /api/v1/projects/{project}/alerting", Scope.OPERATE));

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
          String method = route.split(" ")[0];
          int status = program.ask(method, path(route), own, new byte[0]).statusCode();
          if (needed == scope) {
            assertThat(status).as(scope + " " + route).isNotIn(401, 403);
          } else {
            assertThat(status).as(scope + " " + route).isEqualTo(403);
          }
          assertThat(program.ask(method, path(route), others, new byte[0]).statusCode())
              .as(route)
              .isEqualTo(404);
          assertThat(program.ask(method, path(route), "none", new byte[0]).statusCode())
              .as(route)
              .isEqualTo(401);
        });
      }
    }
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
