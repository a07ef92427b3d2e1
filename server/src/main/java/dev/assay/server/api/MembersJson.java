package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.Invitation;
import dev.assay.server.account.Invitations;
import dev.assay.server.account.Member;
import dev.assay.server.account.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Members and the links they come by, as programs read them. */
final class MembersJson {

  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::label).toList();

  private MembersJson() {}

  static Role role(JsonBody body) throws BadBodyException {
    return body.one("role", ROLES, word -> Role.of(word).orElseThrow());
  }

  static Json.Obj json(Member member, SortedMap<String, Role> roles) {
    Json.Builder in = Json.object();
    roles.forEach((project, role) -> in.put(project, role.label()));
    return Json.object()
        .put("member", member.name())
        .put("owner", member.owner())
        .put("disabled", member.disabled())
        .put("password", member.password())
        .put("created", member.created().toString())
        .put("roles", in.build())
        .build();
  }

  static Json.Obj json(String member, Role role) {
    return Json.object().put("member", member).put("role", role.label()).build();
  }

  static Json.Obj roles(SortedMap<String, Role> members) {
    List<Json.Obj> all =
        members.entrySet().stream()
            .map((Map.Entry<String, Role> each) -> json(each.getKey(), each.getValue()))
            .toList();
    return Json.object().put("members", Json.array(all)).build();
  }

  static Json.Obj invitations(List<Invitation> open) {
    return Json.object()
        .put("invitations", Json.array(open.stream().map(MembersJson::json).toList()))
        .build();
  }

  private static Json.Obj json(Invitation link) {
    Role role = link.role();
    return Json.object()
        .put("id", link.id())
        .put("maker", link.maker())
        .put("owner", link.owner())
        .putIfPresent("project", link.project())
        .putIfPresent("role", role == null ? null : role.label())
        .put("expires", link.expires().toString())
        .build();
  }

  /** A link that was just made, with the path that works once. */
  static Json.Obj link(String token, Instant now) {
    return Json.object()
        .put("id", Invitations.id(token))
        .put("path", "/join/" + token)
        .put("expires", now.plus(Invitations.GOOD).toString())
        .build();
  }
}
