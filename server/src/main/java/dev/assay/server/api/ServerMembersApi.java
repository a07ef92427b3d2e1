package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.spi.Clock;
import dev.assay.server.account.Access;
import dev.assay.server.account.Invitations;
import dev.assay.server.account.Member;
import dev.assay.server.account.MemberDesk;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys.Scope;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The members of the whole server, for programs with a key of it. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ServerMembersApi {

  private static final String MEND = "look at the members: GET /api/v1/members";

  private final Access access;
  private final Members members;
  private final MemberDesk desk;
  private final Invitations invitations;
  private final Clock clock;

  ServerMembersApi(
      Access access, Members members, MemberDesk desk, Invitations invitations, Clock clock) {
    this.access = access;
    this.members = members;
    this.desk = desk;
    this.invitations = invitations;
    this.clock = clock;
  }

  @GetMapping("/members")
  String list(Authentication who) {
    access.server(who, Scope.ADMIN);
    return Answers.json(
        Json.object()
            .put("members", Json.array(members.all().stream().map(this::json).toList()))
            .build());
  }

  private Json.Obj json(Member member) {
    return MembersJson.json(member, members.rolesOf(member.name()));
  }

  @GetMapping("/members/{member}")
  String one(Authentication who, @PathVariable String member) {
    access.server(who, Scope.ADMIN);
    return Answers.json(json(find(member)));
  }

  private Member find(String member) {
    return members
        .find(member)
        .orElseThrow(() -> Answers.missing("there is no member '" + member + "'"));
  }

  /** Makes a member an owner or not, shuts them out or lets them in. */
  @PutMapping(path = "/members/{member}", consumes = MediaType.ALL_VALUE)
  String change(Authentication who, @PathVariable String member, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    access.server(who, Scope.ADMIN);
    JsonBody wanted = JsonBody.read(body, "owner", "disabled");
    Member _ = find(member);
    refused(desk.set(member, wanted.flag("owner"), wanted.flag("disabled")));
    return Answers.json(json(find(member)));
  }

  /** Removes a member, and on demand who they were from the audit log, also later. */
  @DeleteMapping("/members/{member}")
  String remove(
      Authentication who,
      @PathVariable String member,
      @RequestParam(defaultValue = "false") boolean forget)
      throws RefusedException {
    access.server(who, Scope.ADMIN);
    if (!forget) {
      Member _ = find(member);
    }
    refused(forget ? desk.forget(member) : members.remove(member));
    return Answers.done();
  }

  @DeleteMapping("/members/{member}/sessions")
  String end(Authentication who, @PathVariable String member) throws RefusedException {
    access.server(who, Scope.ADMIN);
    Member _ = find(member);
    refused(members.endSessions(member));
    return Answers.done();
  }

  /** A link for a new password. */
  @PostMapping("/members/{member}/password")
  ResponseEntity<String> password(Authentication who, @PathVariable String member) {
    access.server(who, Scope.ADMIN);
    Member _ = find(member);
    String token = invitations.passwordOf(Access.author(who), member);
    return Answers.made(MembersJson.link(token, clock.now()));
  }

  @GetMapping("/invitations")
  String invitations(Authentication who) {
    access.server(who, Scope.ADMIN);
    return Answers.json(MembersJson.invitations(invitations.open(null)));
  }

  @PostMapping(path = "/invitations", consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> invite(Authentication who, InputStream body)
      throws IOException, BadBodyException {
    access.server(who, Scope.ADMIN);
    boolean owner = Boolean.TRUE.equals(JsonBody.read(body, "owner").flag("owner"));
    String token = invitations.invite(Access.author(who), owner, null, null);
    return Answers.made(MembersJson.link(token, clock.now()));
  }

  @DeleteMapping("/invitations/{id}")
  String withdraw(Authentication who, @PathVariable String id) {
    access.server(who, Scope.ADMIN);
    Answers.found(invitations.takeBack(id, null), "there is no link '" + id + "'");
    return Answers.done();
  }

  private static void refused(@Nullable String wrong) throws RefusedException {
    if (wrong != null) {
      throw new RefusedException(wrong, MEND);
    }
  }
}
