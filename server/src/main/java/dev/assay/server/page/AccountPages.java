package dev.assay.server.page;

import dev.assay.server.account.Attempts;
import dev.assay.server.account.Invitation;
import dev.assay.server.account.Invitations;
import dev.assay.server.account.Member;
import dev.assay.server.account.Members;
import dev.assay.server.account.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What members do with their own account, and how those come in who were invited. */
@RestController
public class AccountPages {

  private final Template template;
  private final Frames frames;
  private final Members members;
  private final Invitations invitations;
  private final Attempts attempts;

  /** Made by Spring. */
  AccountPages(
      Template template,
      Frames frames,
      Members members,
      Invitations invitations,
      Attempts attempts) {
    this.template = template;
    this.frames = frames;
    this.members = members;
    this.invitations = invitations;
    this.attempts = attempts;
  }

  /**
   * A member's own account. Immutable.
   *
   * @param frame around it
   * @param member whose
   * @param roles in which projects they may do what
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Account(
      Frame frame, Member member, SortedMap<String, Role> roles, @Nullable String wrong) {}

  /**
   * The form behind a link that works once. Immutable.
   *
   * @param frame around it
   * @param action where it goes
   * @param lead what it is for
   * @param button what it does
   * @param named whether a name is asked for
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Join(
      Frame frame,
      String action,
      String lead,
      String button,
      boolean named,
      @Nullable String wrong) {}

  @GetMapping("/account")
  ResponseEntity<String> account(Authentication who, CsrfToken token) {
    return account(200, who, token, null);
  }

  private ResponseEntity<String> account(
      int status, Authentication who, CsrfToken token, @Nullable String wrong) {
    Member member =
        members
            .find(who.getName())
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return template.page(
        status,
        "account",
        new Account(
            frames.plain("Your account", who, token),
            member,
            members.rolesOf(who.getName()),
            wrong));
  }

  @PostMapping("/account/password")
  ResponseEntity<String> change(
      Authentication who,
      CsrfToken token,
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String old,
      @RequestParam(defaultValue = "") String fresh) {
    Duration wait = attempts.begin(who.getName(), request.getRemoteAddr());
    if (!wait.isZero()) {
      return account(429, who, token, "Too many attempts; wait " + wait.toSeconds() + " seconds.");
    }
    String wrong = members.changePassword(who.getName(), old, fresh);
    if (wrong != null) {
      return account(422, who, token, wrong);
    }
    attempts.succeeded(who.getName(), request.getRemoteAddr());
    return MemberPages.to("/login?changed=yes");
  }

  @PostMapping("/account/sessions")
  ResponseEntity<String> end(Authentication who) {
    String _ = members.endSessions(who.getName());
    return MemberPages.to("/login?ended=yes");
  }

  @GetMapping("/join/{link}")
  ResponseEntity<String> join(CsrfToken token, @PathVariable String link) {
    return form(200, token, link, null);
  }

  @PostMapping("/join/{link}")
  ResponseEntity<String> joined(
      CsrfToken token,
      @PathVariable String link,
      @RequestParam(defaultValue = "") String username,
      @RequestParam(defaultValue = "") String password) {
    String wrong = invitations.use(link, username, password);
    return wrong == null ? MemberPages.to("/login?changed=yes") : form(422, token, link, wrong);
  }

  private ResponseEntity<String> form(
      int status, CsrfToken token, String link, @Nullable String wrong) {
    Invitation found =
        invitations
            .find(link)
            .orElseThrow(() ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "this link was used, was taken back, or has expired; ask for another"));
    boolean joins = found.kind() == Invitation.Kind.JOIN;
    String lead =
        joins
            ? found.maker() + " invites you. Choose your name and password."
            : "Choose the new password of " + found.member() + ".";
    return template.page(
        status,
        "join",
        new Join(
            frames.plain(joins ? "Join" : "New password", null, token),
            "/join/" + link,
            lead,
            joins ? "Join" : "Set it",
            joins,
            wrong));
  }
}
