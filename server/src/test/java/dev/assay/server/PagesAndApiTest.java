package dev.assay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.server.account.ProjectKeys.Scope;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people do and see on pages, programs do and see by the interface. Both sides are what Spring
 * says there is: a page without an operation fails this test, and so does an operation that is
 * named here and is not there.
 */
@Timeout(180)
class PagesAndApiTest {

  private static final String API = "/api/v1";
  private static final String PROJECT = "/projects/{name}";
  private static final String MANAGER = "/alertmanager/api/v2";

  /** Pages, and the operations that together do and show the same. */
  private static final Map<String, List<String>> PAGES = new TreeMap<>();

  /** Pages that no operation answers, and why none has to. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("/error", "the form in which an error is shown"),
          Map.entry("GET /login", "people log in; programs show a key"),
          Map.entry("GET /set-up/{link}", "makes the first owner, before there is any key"),
          Map.entry("POST /set-up/{link}", "makes the first owner, before there is any key"),
          Map.entry("GET /join/{link}", "somebody chooses their own name and password"),
          Map.entry("POST /join/{link}", "somebody chooses their own name and password"),
          Map.entry("POST /account/password", "only who knows the old password changes it"),
          Map.entry("GET /assets/evidence.css", "how pages look"),
          Map.entry("GET /health", "for programs already"),
          Map.entry("GET /ready", "for programs already"),
          Map.entry("GET /metrics", "for programs already"),
          Map.entry("GET /rulings.pub", "for programs already"),
          Map.entry("GET /badge/{project}/{check}.svg", "a picture for other pages"));

  static {
    page("GET /", "GET /projects", "GET /projects/{project}");
    page("GET /account", "GET /key", "GET /members/{member}");
    page("POST /account/sessions", "DELETE /members/{member}/sessions");
    page("POST /projects/new", "POST /projects");
    page("GET /members", "GET /members", "GET /invitations");
    page(
        "POST /members/{member}",
        "PUT /members/{member}",
        "DELETE /members/{member}",
        "DELETE /members/{member}/sessions",
        "POST /members/{member}/password");
    page("POST /members/invitations", "POST /invitations");
    page("POST /members/invitations/{id}/withdraw", "DELETE /invitations/{id}");
    page("GET /keys", "GET /keys");
    page("POST /keys", "POST /keys");
    page("POST /keys/{id}/rotate", "POST /keys/{id}/rotate");
    page("POST /keys/{id}/revoke", "DELETE /keys/{id}");
    page("GET /usage", "GET /usage");
    page("GET /audit", "GET /audit");
    page("GET /audit/export", "GET /audit/export");
    page("GET /status/{project}", "GET */monitors", "GET */incidents");
    part("GET", "", "GET */runs");
    part(
        "GET",
        "/runs/{run}",
        "GET */runs/{run}/report",
        "GET */runs/{run}/outcomes",
        "GET */runs/{run}/logs");
    part(
        "GET",
        "/runs/{run}/events",
        "GET */runs/{run}",
        "GET */runs/{run}/report",
        "GET */runs/{run}/logs");
    part("GET", "/runs/{run}/report", "GET */runs/{run}/report");
    part("GET", "/compare", "GET */compare");
    part("GET", "/overview", "GET */overview");
    part("GET", "/checks", "GET */checks");
    part("GET", "/check", "GET */check", "GET */trend");
    part("GET", "/failures", "GET */failures");
    part("GET", "/failures/{fingerprint}", "GET */failures/{fingerprint}");
    part("POST", "/failures/{fingerprint}/owner", "PUT */failures/{fingerprint}/owner");
    part("GET", "/tests", "GET */tests", "GET */quarantine");
    part("POST", "/quarantine", "PUT */quarantine");
    part("POST", "/quarantine/lift", "DELETE */quarantine");
    part("GET", "/monitors", "GET */monitors", "GET */status-page");
    part("POST", "/monitors/forget", "DELETE */monitors");
    part("POST", "/status-page", "PUT */status-page");
    part("GET", "/slos", "GET */slos");
    part(
        "GET",
        "/alerts",
        "GET *" + MANAGER + "/alerts",
        "GET *" + MANAGER + "/silences",
        "GET */incidents",
        "GET */alerting");
    part("GET", "/incidents/{incident}", "GET */incidents/{incident}");
    part("POST", "/incidents/{incident}/acknowledge", "POST */incidents/{incident}/acknowledge");
    part("POST", "/silences", "POST *" + MANAGER + "/silences");
    part("POST", "/silences/{id}/expire", "DELETE *" + MANAGER + "/silence/{id}");
    part("POST", "/alerting", "PUT */alerting");
    part("GET", "/members", "GET */members", "GET */invitations");
    part("POST", "/members", "PUT */members/{member}");
    part("POST", "/members/{member}/take", "DELETE */members/{member}");
    part("POST", "/invitations", "POST */invitations");
    part("POST", "/invitations/{id}/withdraw", "DELETE */invitations/{id}");
    part("GET", "/runs/{run}/rulings/{id}", "GET */runs/{run}/rulings");
    part("POST", "/runs/{run}/rulings", "POST */runs/{run}/rulings");
    part("POST", "/runs/{run}/rulings/{id}/withdraw", "DELETE */runs/{run}/rulings/{id}");
    part("GET", "/rulings", "GET */rulings");
    part("POST", "/ruling-rule", "PUT */ruling-rule");
    part("GET", "/settings", "GET */keys", "GET */ruling-rule");
    part("POST", "/title", "PUT *");
    part("POST", "/archive", "PUT *");
    part("POST", "/keys", "POST */keys");
    part("POST", "/keys/{id}/rotate", "POST */keys/{id}/rotate");
    part("POST", "/keys/{id}/revoke", "DELETE */keys/{id}");
    part("GET", "/webhooks", "GET */webhooks", "GET */deliveries");
    part("POST", "/webhooks", "POST */webhooks", "PUT */webhooks/{id}");
    part("POST", "/webhooks/{id}/remove", "DELETE */webhooks/{id}");
    part("POST", "/webhooks/{id}/test", "POST */webhooks/{id}/test");
    part("POST", "/webhooks/{id}/rotate", "POST */webhooks/{id}/rotate");
    part("POST", "/deliveries/{delivery}/replay", "POST */deliveries/{delivery}/replay");
    part("GET", "/retention", "GET */retention", "GET */retention/plan");
    part("POST", "/retention", "PUT */retention", "GET */retention/plan");
    part("POST", "/retention/apply", "POST */retention/apply");
    part("POST", "/retention/erase", "DELETE */runs/{run}");
    part("GET", "/usage", "GET */usage");
    part("GET", "/quotas", "GET */quotas");
    part("POST", "/quotas", "PUT */quotas");
    part("GET", "/audit", "GET */audit");
    part("GET", "/audit/export", "GET */audit/export");
  }

  @TempDir private static Path folder;
  private static RunningServer server;

  /** A page and its operations; a star stands for a project. */
  private static void page(String page, String... operations) {
    PAGES.put(
        page,
        List.of(operations).stream()
            .map(each -> each.replace("*", "/projects/{project}").replaceFirst(" ", " " + API))
            .toList());
  }

  private static void part(String method, String path, String... operations) {
    page(method + " " + PROJECT + path, operations);
  }

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            new ServerOptions(
                folder.resolve("data"), InetAddress.getLoopbackAddress(), 0, null, null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyPageIsAnsweredByAnOperationOrIsAReasonedException() {
    Set<String> pages = new TreeSet<>(RoutesTest.routes(server));
    pages.removeIf(route -> route.contains(" " + API + "/"));

    Set<String> known = new TreeSet<>(PAGES.keySet());
    known.addAll(EXCEPTIONS.keySet());
    assertThat(known).isEqualTo(pages);
    assertThat(PAGES.keySet()).doesNotContainAnyElementsOf(EXCEPTIONS.keySet());
    assertThat(EXCEPTIONS.values()).allMatch(reason -> reason.length() > 10);
  }

  @Test
  void everyOperationThatIsNamedIsThere() {
    Set<String> routes = RoutesTest.routes(server);

    PAGES.forEach(
        (page, operations) -> assertThat(routes).as(page).isNotEmpty().containsAll(operations));
  }

  @Test
  void noOperationAsksLessOfAKeyThanThePageAsksOfAMember() {
    Map<String, Set<Scope>> enough =
        Map.of(
            "VIEWER", EnumSet.allOf(Scope.class),
            "DEVELOPER", EnumSet.of(Scope.INGEST, Scope.OPERATE, Scope.ADMIN),
            "OPERATOR", EnumSet.of(Scope.OPERATE, Scope.ADMIN),
            "ADMIN", EnumSet.of(Scope.ADMIN));
    PAGES.forEach((page, operations) -> {
      String role = RoutesTest.MEMBERS.get(page);
      for (String operation : operations) {
        if (role != null && enough.containsKey(role)) {
          assertThat(enough.get(role))
              .as(page + " and " + operation)
              .contains(RoutesTest.PROGRAMS.get(operation));
        } else if ("OWNER".equals(role)) {
          assertThat(RoutesTest.SERVER_PROGRAMS).as(page).containsEntry(operation, Scope.ADMIN);
        }
      }
    });
  }
}
