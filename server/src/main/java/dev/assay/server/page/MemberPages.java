package dev.assay.server.page;

import dev.assay.server.account.Access;
import dev.assay.server.account.Invitation;
import dev.assay.server.account.Invitations;
import dev.assay.server.account.Member;
import dev.assay.server.account.MemberDesk;
import dev.assay.server.account.Members;
import dev.assay.server.account.Role;
import dev.assay.server.project.Project;
import java.util.List;
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

/** Members: of the whole server for its owners, of a project for its admins. */
@RestController
public class MemberPages {

  private final Template template;
  private final Frames frames;
  private final Members members;
  private final Invitations invitations;
  private final Access access;
  private final MemberDesk desk;

  /** Made by Spring. */
  MemberPages(
      Template template,
      Frames frames,
      Members members,
      Invitations invitations,
      Access access,
      MemberDesk desk) {
    this.template = template;
    this.frames = frames;
    this.members = members;
    this.invitations = invitations;
    this.access = access;
    this.desk = desk;
  }

  /**
   * All members. Immutable.
   *
   * @param frame around it
   * @param rows one for each
   * @param invitations links that were not used yet
   * @param link a link that was just made, shown this once; null for none
   * @param wrong what was wrong with what came; null for nothing
   */
  public record All(
      Frame frame,
      List<Row> rows,
      List<Invitation> invitations,
      @Nullable String link,
      @Nullable String wrong) {}

  /**
   * A member in the list. Immutable.
   *
   * @param member who
   * @param roles in which projects they may do what
   * @param self whether it is the one who looks
   */
  public record Row(Member member, SortedMap<String, Role> roles, boolean self) {}

  /**
   * The members of a project. Immutable.
   *
   * @param frame around it
   * @param project of which
   * @param members who may do what
   * @param roles what there is to choose from
   * @param invitations links that were not used yet
   * @param link a link that was just made, shown this once; null for none
   * @param wrong what was wrong with what came; null for nothing
   */
  public record OfProject(
      Frame frame,
      Project project,
      SortedMap<String, Role> members,
      List<Role> roles,
      List<Invitation> invitations,
      @Nullable String link,
      @Nullable String wrong) {}

  @GetMapping("/members")
  ResponseEntity<String> all(
      Authentication who,
      CsrfToken token,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    ResponseEntity<String> file =
        Listed.file(
            format,
            () ->
                part.equals("invitations")
                    ? MemberTables.invitations(invitations.open(null))
                    : MemberTables.all(rows(who)));
    return file != null ? file : all(200, who, token, null, null);
  }

  private ResponseEntity<String> all(
      int status,
      Authentication who,
      CsrfToken token,
      @Nullable String link,
      @Nullable String wrong) {
    return template.page(
        status,
        "members",
        new All(
            frames.plain("Members", who, token), rows(who), invitations.open(null), link, wrong));
  }

  private List<Row> rows(Authentication who) {
    return members.all().stream()
        .map(member ->
            new Row(member, members.rolesOf(member.name()), member.name().equals(who.getName())))
        .toList();
  }

  @PostMapping("/members/invitations")
  ResponseEntity<String> invite(
      Authentication who, CsrfToken token, @RequestParam(defaultValue = "false") boolean owner) {
    String link = "/join/" + invitations.invite(who.getName(), owner, null, null);
    return all(200, who, token, link, null);
  }

  @PostMapping("/members/invitations/{id}/withdraw")
  ResponseEntity<String> withdraw(@PathVariable String id) {
    boolean _ = invitations.takeBack(id, null);
    return to("/members");
  }

  @PostMapping("/members/{member}")
  ResponseEntity<String> change(
      Authentication who,
      CsrfToken token,
      @PathVariable String member,
      @RequestParam(defaultValue = "") String change) {
    if (change.equals("password") && members.exists(member)) {
      String link = "/join/" + invitations.passwordOf(who.getName(), member);
      return all(200, who, token, link, null);
    }
    String wrong =
        switch (change) {
          case "disable" -> members.disable(member);
          case "enable" -> members.enable(member);
          case "end" -> members.endSessions(member);
          case "owner" -> members.makeOwner(member, true);
          case "no owner" -> members.makeOwner(member, false);
          case "remove" -> members.remove(member);
          case "forget" -> desk.forget(member);
          default -> "There is no such change.";
        };
    return wrong == null ? to("/members") : all(422, who, token, null, wrong);
  }

  @GetMapping("/projects/{name}/members")
  ResponseEntity<String> ofProject(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String part,
      @RequestParam @Nullable String format) {
    Project project = access.project(who, name, Role.ADMIN);
    ResponseEntity<String> file =
        Listed.file(
            format,
            () ->
                part.equals("invitations")
                    ? MemberTables.invitations(invitations.open(name))
                    : MemberTables.ofProject(members.of(name)));
    return file != null ? file : ofProject(200, who, token, project, null, null);
  }

  private ResponseEntity<String> ofProject(
      int status,
      Authentication who,
      CsrfToken token,
      Project project,
      @Nullable String link,
      @Nullable String wrong) {
    return template.page(
        status,
        "project-members",
        new OfProject(
            frames.of(project, "Members", project.title() + ": members", who, token),
            project,
            members.of(project.name()),
            List.of(Role.values()),
            invitations.open(project.name()),
            link,
            wrong));
  }

  @PostMapping("/projects/{name}/members")
  ResponseEntity<String> give(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String member,
      @RequestParam(defaultValue = "") String role) {
    Project project = access.project(who, name, Role.ADMIN);
    Role given = Role.of(role).orElse(null);
    if (given == null || !members.exists(member.strip())) {
      return ofProject(
          422,
          who,
          token,
          project,
          null,
          given == null
              ? "There is no such role."
              : "There is no member of that name; invite them by a link.");
    }
    members.grant(member.strip(), name, given);
    return to("/projects/" + name + "/members");
  }

  @PostMapping("/projects/{name}/members/{member}/take")
  ResponseEntity<String> take(
      Authentication who, @PathVariable String name, @PathVariable String member) {
    Project project = access.project(who, name, Role.ADMIN);
    boolean _ = members.take(member, project.name());
    return to(
        member.equals(who.getName()) && !access.may(who, name, Role.ADMIN)
            ? "/"
            : "/projects/" + name + "/members");
  }

  @PostMapping("/projects/{name}/invitations")
  ResponseEntity<String> inviteInto(
      Authentication who,
      CsrfToken token,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String role) {
    Project project = access.project(who, name, Role.ADMIN);
    Role given = Role.of(role).orElse(null);
    if (given == null) {
      return ofProject(422, who, token, project, null, "There is no such role.");
    }
    String link = "/join/" + invitations.invite(who.getName(), false, name, given);
    return ofProject(200, who, token, project, link, null);
  }

  @PostMapping("/projects/{name}/invitations/{id}/withdraw")
  ResponseEntity<String> withdrawOf(
      Authentication who, @PathVariable String name, @PathVariable String id) {
    Project project = access.project(who, name, Role.ADMIN);
    boolean _ = invitations.takeBack(id, project.name());
    return to("/projects/" + name + "/members");
  }

  static ResponseEntity<String> to(String place) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", place).build();
  }
}
