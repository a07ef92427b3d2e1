package dev.assay.server;

import static dev.assay.server.FurnishedServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.server.account.Members;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Members come by links that work once, get roles, and are out at once when they must go. */
@ParameterizedClass
@EnumSource(Keeping.class)
@Timeout(180)
class MembersTest {

  @Parameter Keeping keeping;
  @TempDir private static Path folder;
  private static FurnishedServer it;

  @BeforeParameterizedClassInvocation
  static void start(Keeping keeping) {
    it = new FurnishedServer(keeping.options(folder.resolve(keeping.name())));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    it.close();
  }

  private static void change(String member, String change) {
    it.owner.post("/members", "/members/" + member, Map.of("change", change));
  }

  @Test
  void anInvitationWorksOnceAndGivesItsRole() {
    String link =
        FurnishedServer.link(
            it.owner.post(
                "/projects/shop/members", "/projects/shop/invitations", Map.of("role", "viewer")));
    try (Visitor ada = it.visitor();
        Visitor late = it.visitor()) {
      assertThat(ada.post(link, link, Map.of("username", "ada", "password", "short")).statusCode())
          .isEqualTo(422);
      FurnishedServer.join(ada, link, "ada");
      FurnishedServer.login(ada, "ada", PASSWORD);

      assertThat(late.get(link).statusCode()).isEqualTo(404);
      assertThat(ada.get("/projects/shop").statusCode()).isEqualTo(200);
      assertThat(ada.get("/projects/shop/settings").statusCode()).isEqualTo(403);
      assertThat(ada.get("/members").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void anInvitationThatWasTakenBackIsNone() {
    var page =
        it.owner.post(
            "/projects/shop/members", "/projects/shop/invitations", Map.of("role", "admin"));
    String link = FurnishedServer.link(page);
    String id = page.body().replaceAll("(?s).*?<td[^>]*><code>([0-9a-f]{12})</code>.*", "$1");
    it.owner.post(
        "/projects/shop/members", "/projects/shop/invitations/" + id + "/withdraw", Map.of());

    assertThat(it.owner.get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void aRoleIsSetAndTakenAwayWhileItsMemberIsLoggedIn() {
    try (Visitor grace = it.member("grace", "viewer")) {
      it.owner.post(
          "/projects/shop/members",
          "/projects/shop/members",
          Map.of("member", "grace", "role", "admin"));
      assertThat(grace.get("/projects/shop/settings").statusCode()).isEqualTo(200);

      it.owner.post("/projects/shop/members", "/projects/shop/members/grace/take", Map.of());
      assertThat(grace.get("/projects/shop").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whoeverIsShutOutIsOutAtOnceAndMayComeAgainLater() {
    try (Visitor mary = it.member("mary", "developer")) {
      assertThat(mary.get("/projects/shop").statusCode()).isEqualTo(200);

      change("mary", "disable");
      assertThat(mary.get("/projects/shop").uri().getPath()).isEqualTo("/login");
      FurnishedServer.login(mary, "mary", PASSWORD);
      assertThat(mary.get("/projects/shop").uri().getPath()).isEqualTo("/login");

      change("mary", "enable");
      FurnishedServer.login(mary, "mary", PASSWORD);
      assertThat(mary.get("/projects/shop").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoeverIsRemovedIsOutAtOnce() {
    try (Visitor joan = it.member("joan", "operator")) {
      change("joan", "remove");

      assertThat(joan.get("/").uri().getPath()).isEqualTo("/login");
      assertThat(it.server.bean(Members.class).exists("joan")).isFalse();
    }
  }

  @Test
  void aChangedPasswordEndsAllLogIns() {
    try (Visitor here = it.member("hedy", "viewer");
        Visitor there = it.visitor()) {
      FurnishedServer.login(there, "hedy", PASSWORD);
      assertThat(
              here.post("/account", "/account/password", Map.of("old", "no", "fresh", "x")).body())
          .contains("The password you have is not that one.");
      here.post(
          "/account",
          "/account/password",
          Map.of("old", PASSWORD, "fresh", "another horse entirely"));

      assertThat(there.get("/").uri().getPath()).isEqualTo("/login");
      FurnishedServer.login(there, "hedy", "another horse entirely");
      assertThat(there.get("/").body()).contains("hedy");
    }
  }

  @Test
  void aForgottenPasswordIsSetByALinkOfTheOwner() {
    try (Visitor emmy = it.member("emmy", "viewer")) {
      String link =
          FurnishedServer.link(
              it.owner.post("/members", "/members/emmy", Map.of("change", "password")));
      emmy.post(link, link, Map.of("password", "the theorem of symmetry"));

      assertThat(emmy.get("/").uri().getPath()).isEqualTo("/login");
      FurnishedServer.login(emmy, "emmy", "the theorem of symmetry");
      assertThat(emmy.get("/").body()).contains("emmy");
    }
  }

  @Test
  void allLogInsOfAMemberAreEndedByOneButton() {
    try (Visitor here = it.member("rosalind", "viewer");
        Visitor there = it.visitor()) {
      FurnishedServer.login(there, "rosalind", PASSWORD);
      here.post("/account", "/account/sessions", Map.of());

      assertThat(here.get("/").uri().getPath()).isEqualTo("/login");
      assertThat(there.get("/").uri().getPath()).isEqualTo("/login");
    }
  }

  @Test
  void theLastOwnerStays() {
    assertThat(it.owner.post("/members", "/members/kim", Map.of("change", "remove")).body())
        .contains("kim is the last owner of this server");
    assertThat(it.owner.post("/members", "/members/kim", Map.of("change", "disable")).statusCode())
        .isEqualTo(422);
    assertThat(it.owner.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aRotatedKeyIsGoodForADayMore() {
    String old = key(it.owner.post("/projects/shop/settings", "/projects/shop/keys", Map.of()));
    String fresh =
        key(
            it.owner.post(
                "/projects/shop/settings",
                "/projects/shop/keys/" + old.split("_")[1] + "/rotate",
                Map.of()));

    assertThat(fresh).isNotEqualTo(old);
    for (String key : new String[] {old, fresh}) {
      assertThat(it.owner.ask("projects/shop/runs/none", key).statusCode()).isEqualTo(404);
    }
  }

  private static String key(java.net.http.HttpResponse<String> page) {
    var key =
        java.util.regex.Pattern.compile("assay_[0-9a-f]{12}_[0-9a-f]{64}").matcher(page.body());
    assertThat(key.find()).as(page.body()).isTrue();
    return key.group();
  }
}
