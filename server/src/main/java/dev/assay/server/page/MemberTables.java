package dev.assay.server.page;

import dev.assay.server.account.Invitation;
import dev.assay.server.account.Member;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.Role;
import dev.assay.server.page.MemberPages.Row;
import dev.assay.server.table.Cell;
import dev.assay.server.table.Table;
import dev.assay.server.table.Table.Column;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Who is let in as tables, to be taken along: people, links and keys. No secret is in them. */
final class MemberTables {

  private MemberTables() {}

  static Table all(List<Row> rows) {
    return new Table(
        "members",
        "Members",
        List.of(
            Column.of("name", "Name"),
            Column.of("state", "State"),
            Column.of("roles", "Roles"),
            Column.of("since", "Since")),
        rows.stream().map(MemberTables::member).toList(),
        null);
  }

  private static List<Cell> member(Row row) {
    Member member = row.member();
    return List.of(
        Cell.text(member.name()),
        Cell.text(member.disabled() ? "shut out" : member.owner() ? "owner" : "member"),
        Cell.text(
            row.roles().entrySet().stream()
                .map(role -> role.getKey() + ": " + role.getValue().label())
                .collect(Collectors.joining(", "))),
        Cell.time(member.created()));
  }

  static Table ofProject(SortedMap<String, Role> members) {
    return new Table(
        "members",
        "Members",
        List.of(Column.of("name", "Name"), Column.of("role", "Role")),
        members.entrySet().stream()
            .map((Map.Entry<String, Role> member) ->
                List.of(Cell.text(member.getKey()), Cell.text(member.getValue().label())))
            .toList(),
        null);
  }

  static Table invitations(List<Invitation> links) {
    return new Table(
        "invitations",
        "Links that were not used yet",
        List.of(
            Column.of("link", "Link"),
            Column.of("by", "By"),
            Column.of("for", "For"),
            Column.of("project", "Project"),
            Column.of("expires", "Good until")),
        links.stream()
            .map(link ->
                List.of(
                    Cell.code(link.id(), link.id()),
                    Cell.text(link.maker()),
                    Cell.text(what(link)),
                    Cell.text(link.project()),
                    Cell.time(link.expires())))
            .toList(),
        null);
  }

  /** What a link is for, in words. */
  static String what(Invitation link) {
    Role role = link.role();
    return switch (link.kind()) {
      case PASSWORD -> "a new password of " + link.member();
      case JOIN -> link.owner() ? "an owner" : role == null ? "a member" : role.label();
    };
  }

  static Table keys(List<? extends ProgramKey> keys) {
    return new Table(
        "keys",
        "Keys of programs",
        List.of(
            Column.of("name", "Name"),
            Column.of("key", "Id"),
            Column.of("scopes", "May"),
            Column.of("created", "Made"),
            Column.of("expires", "Good until")),
        keys.stream()
            .map(key ->
                List.of(
                    Cell.text(key.name()),
                    Cell.code(key.id(), key.id()),
                    Cell.text(key.may()),
                    Cell.time(key.created()),
                    Cell.time(key.expires())))
            .toList(),
        null);
  }
}
