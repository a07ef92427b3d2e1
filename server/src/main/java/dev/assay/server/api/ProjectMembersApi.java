package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.Access;
import dev.assay.server.account.Invitations;
import dev.assay.server.account.Members;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.Role;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The members of a project, and the links by which others become some. */
@RestController
@RequestMapping(path = "/api/v1/projects/{project}", produces = MediaType.APPLICATION_JSON_VALUE)
class ProjectMembersApi {

  private final Access access;
  private final Members members;
  private final Invitations invitations;
  private final Clock clock;

  ProjectMembersApi(Access access, Members members, Invitations invitations, Clock clock) {
    this.access = access;
    this.members = members;
    this.invitations = invitations;
    this.clock = clock;
  }

  @GetMapping("/members")
  String list(Authentication who, @PathVariable String project) {
    var _ = access.project(who, project, Scope.ADMIN);
    return Answers.json(MembersJson.roles(members.of(project)));
  }

  @PutMapping(path = "/members/{member}", consumes = MediaType.ALL_VALUE)
  String give(
      Authentication who,
      @PathVariable String project,
      @PathVariable String member,
      InputStream body)
      throws IOException, BadBodyException {
    var _ = access.project(who, project, Scope.ADMIN);
    Role role = MembersJson.role(JsonBody.read(body, "role"));
    Answers.found(
        members.exists(member), "there is no member '" + member + "'; invite them by a link");
    members.grant(member, project, role);
    return Answers.json(MembersJson.json(member, role));
  }

  @DeleteMapping("/members/{member}")
  String take(Authentication who, @PathVariable String project, @PathVariable String member) {
    var _ = access.project(who, project, Scope.ADMIN);
    Answers.found(members.take(member, project), "'" + member + "' has no role in the project");
    return Answers.done();
  }

  @GetMapping("/invitations")
  String invitations(Authentication who, @PathVariable String project) {
    var _ = access.project(who, project, Scope.ADMIN);
    return Answers.json(MembersJson.invitations(invitations.open(project)));
  }

  @PostMapping(path = "/invitations", consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> invite(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    var _ = access.project(who, project, Scope.ADMIN);
    Role role = MembersJson.role(JsonBody.read(body, "role"));
    String token = invitations.invite(Access.author(who), false, project, role);
    return Answers.made(MembersJson.link(token, clock.now()));
  }

  @DeleteMapping("/invitations/{id}")
  String withdraw(Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.project(who, project, Scope.ADMIN);
    Answers.found(invitations.takeBack(id, project), "there is no link '" + id + "'");
    return Answers.done();
  }
}
