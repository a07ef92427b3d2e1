package dev.assay.server.account;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.spi.Clock;
import dev.assay.server.account.Invitation.Kind;
import dev.assay.server.audit.Actor;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Links that work once: they make a member or set a password. A link is shown once and kept as a
 * SHA-256 of its 256 random bits. Thread-safe.
 */
public final class Invitations {

  /** How long a link is good. */
  public static final Duration GOOD = Duration.ofDays(7);

  private static final int SECRET_BYTES = 32;
  private static final int ID_DIGITS = 12;
  private static final String COLUMNS =
      "SELECT hash, kind, maker, member, owner, project, role, expires FROM invitation";
  private static final String USED = "This link was used, was taken back, or has expired.";

  private final JdbcClient accounts;
  private final Members members;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;

  /** The links of a database. */
  public Invitations(
      JdbcClient accounts, Members members, Secrets secrets, AuditLog audit, Clock clock) {
    this.accounts = accounts;
    this.members = members;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
  }

  /** Makes a link for somebody who is no member yet; what is returned is nowhere else. */
  public String invite(String maker, boolean owner, @Nullable String project, @Nullable Role role) {
    return make(Kind.JOIN, maker, null, owner, project, role);
  }

  /** Makes a link that sets a member's password; what is returned is nowhere else. */
  public String passwordOf(String maker, String member) {
    return make(Kind.PASSWORD, maker, member, false, null, null);
  }

  private String make(
      Kind kind,
      String maker,
      @Nullable String member,
      boolean owner,
      @Nullable String project,
      @Nullable Role role) {
    String token = secrets.hex(SECRET_BYTES);
    String hash = EvidenceCodec.sha256(token);
    Instant now = clock.now();
    return audit.recorded(() -> {
      int _ =
          accounts
              .sql("DELETE FROM invitation WHERE expires < ?")
              .param(now.toEpochMilli())
              .update();
      int _ =
          accounts
              .sql("INSERT INTO invitation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
              .param(hash)
              .param(kind.name())
              .param(maker)
              .param(member)
              .param(owner ? 1 : 0)
              .param(project)
              .param(role == null ? null : role.name())
              .param(now.toEpochMilli())
              .param(now.plus(GOOD).toEpochMilli())
              .update();
      audit.note(
          kind == Kind.JOIN ? "member.invited" : "password.link",
          project,
          member == null ? Target.thing("link " + shortened(hash)) : Target.member(member),
          role == null ? Map.of("owner", owner ? "yes" : "no") : Map.of("role", role.label()));
      return token;
    });
  }

  private static String shortened(String hash) {
    return hash.substring(0, ID_DIGITS);
  }

  /** How a link is called that was just made, which is no secret. */
  public static String id(String token) {
    return shortened(EvidenceCodec.sha256(token));
  }

  /** The link that somebody shows, if it is good now. */
  public Optional<Invitation> find(String token) {
    return accounts
        .sql(COLUMNS + " WHERE hash = ? AND expires > ?")
        .params(EvidenceCodec.sha256(token), clock.now().toEpochMilli())
        .query(Invitations::invitation)
        .optional();
  }

  /** Links that make members and are good, the newest first: of a project, or all for null. */
  public List<Invitation> open(@Nullable String project) {
    return accounts
        .sql(
            COLUMNS
                + " WHERE kind = 'JOIN' AND expires > :now AND (CAST(:project AS TEXT) IS NULL OR"
                + " project = :project) ORDER BY created DESC LIMIT 200")
        .param("now", clock.now().toEpochMilli())
        .param("project", project)
        .query(Invitations::invitation)
        .list();
  }

  /** Takes a link back: of a project, or any for null. Returns whether there was one. */
  public boolean takeBack(String id, @Nullable String project) {
    return audit.recorded(() -> {
      int gone =
          accounts
              .sql(
                  "DELETE FROM invitation WHERE substr(hash, 1, 12) = :id"
                      + " AND (CAST(:project AS TEXT) IS NULL OR project = :project)")
              .param("id", id)
              .param("project", project)
              .update();
      if (gone > 0) {
        audit.note("invitation.withdrawn", project, Target.thing("link " + id), Map.of());
      }
      return gone > 0;
    });
  }

  private static Invitation invitation(ResultSet rows, int row) throws SQLException {
    String role = rows.getString(7);
    return new Invitation(
        shortened(rows.getString(1)),
        Kind.valueOf(rows.getString(2)),
        rows.getString(3),
        rows.getString(4),
        rows.getInt(5) == 1,
        rows.getString(6),
        role == null ? null : Role.valueOf(role),
        Instant.ofEpochMilli(rows.getLong(8)));
  }

  /**
   * Does what a link is for, once.
   *
   * @param name the new member's name; passed over where the link sets a password
   * @return what is wrong, or null where it was done
   */
  public @Nullable String use(String token, String name, String password) {
    return audit.recorded(() -> {
      Invitation link = find(token).orElse(null);
      if (link == null) {
        return USED;
      }
      String wrong = link.kind() == Kind.JOIN ? join(link, name, password) : set(link, password);
      if (wrong == null) {
        int _ =
            accounts
                .sql("DELETE FROM invitation WHERE hash = ?")
                .param(EvidenceCodec.sha256(token))
                .update();
      }
      return wrong;
    });
  }

  private @Nullable String join(Invitation link, String name, String password) {
    String wrong = members.add(name, password, link.owner());
    if (wrong != null) {
      return wrong;
    }
    members.joined(name, Map.of("by", "link " + link.id(), "owner", link.owner() ? "yes" : "no"));
    String project = link.project();
    Role role = link.role();
    if (project != null && role != null) {
      members.grant(Actor.member(name, audit.actor().address()), name, project, role);
    }
    return null;
  }

  private @Nullable String set(Invitation link, String password) {
    String member = link.member();
    return member == null ? USED : members.setPassword(member, password);
  }
}
