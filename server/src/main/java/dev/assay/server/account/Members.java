package dev.assay.server.account;

import dev.assay.api.spi.Clock;
import dev.assay.server.audit.Actor;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import dev.assay.server.quota.Quota;
import dev.assay.server.quota.QuotaReached;
import dev.assay.server.quota.QuotaStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The people of this server. Passwords are kept as Argon2id hashes only. The first member is made
 * by a link that is printed at the start and works once; it is in no file. Thread-safe.
 */
public final class Members implements UserDetailsService {

  /** What no password's hash is, of those who are known by single sign-on only. */
  private static final String NO_PASSWORD = "!";

  private static final String MEMBER =
      "SELECT name, owner, disabled, password, created FROM member";

  private static final String NOT_THE_LAST_OWNER =
      "(owner = 0 OR EXISTS (SELECT 1 FROM member other"
          + " WHERE other.owner = 1 AND other.disabled = 0 AND other.name <> ?))";

  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final int TOKEN_BYTES = 32;

  private final JdbcClient accounts;
  private final PasswordEncoder passwords;
  private final QuotaStore quotas;
  private final AuditLog audit;
  private final Clock clock;
  private final String token;

  /** The members of a database. */
  public Members(
      JdbcClient accounts,
      PasswordEncoder passwords,
      Secrets secrets,
      QuotaStore quotas,
      AuditLog audit,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.quotas = quotas;
    this.audit = audit;
    this.clock = clock;
    this.token = secrets.hex(TOKEN_BYTES);
  }

  /** What the first member shows; null once there is one. */
  public @Nullable String setUpToken() {
    return count() == 0 ? token : null;
  }

  /** Whether that is the token, and nobody used it yet. */
  public boolean mayBegin(String shown) {
    return count() == 0
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** How many there are. */
  public long count() {
    return accounts.sql("SELECT count(*) FROM member").query(Long.class).single();
  }

  /**
   * Makes the first member, the server's owner.
   *
   * @return what is wrong with the name or the password, or null where it was done
   */
  public synchronized @Nullable String begin(String shown, String name, String password) {
    if (!mayBegin(shown)) {
      return "This link was used, or is of an earlier start. The log has the one of this start.";
    }
    return audit.recorded(() -> {
      String wrong = add(name, password, true);
      if (wrong == null) {
        joined(name, Map.of("by", "the set-up link", "owner", "yes"));
      }
      return wrong;
    });
  }

  void joined(String name, Map<String, String> detail) {
    audit.note(
        Actor.member(name, audit.actor().address()),
        "member.joined",
        null,
        Target.member(name),
        detail);
  }

  /** Adds a member. Returns what is wrong with the name or the password, or null. */
  public @Nullable String add(String name, String password, boolean owner) {
    String wrong = wrongName(name);
    if (wrong == null) {
      wrong = weakness(name, password);
    }
    return wrong == null ? insert(name, passwords.encode(password), owner) : wrong;
  }

  /**
   * Adds a member who has no password here, but is known by a provider.
   *
   * @return what is wrong with the name, or null where it was done
   */
  public @Nullable String joinBySignOn(String name, String provider) {
    String wrong = wrongName(name);
    if (wrong == null) {
      wrong = insert(name, NO_PASSWORD, false);
    }
    if (wrong == null) {
      joined(name, Map.of("by", provider, "owner", "no"));
    }
    return wrong;
  }

  private static @Nullable String wrongName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")
        ? null
        : "A name has 1 to 100 letters, digits and . _ @ + - and begins with a letter or digit.";
  }

  private @Nullable String insert(String name, String hash, boolean owner) {
    int added =
        accounts
            .sql(
                "INSERT INTO member (name, password, owner, created) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING")
            .params(name, hash, owner ? 1 : 0, clock.now().toEpochMilli())
            .update();
    return added == 1 ? null : "There is a member of this name.";
  }

  private static @Nullable String weakness(String name, String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      return "A password has 12 to 200 characters; four words that have nothing to do with each"
          + " other are a good one.";
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (lower.contains(name.toLowerCase(Locale.ROOT))) {
      return "The password contains the name.";
    }
    if (lower.chars().distinct().count() < 6) {
      return "The password repeats a few characters; others guess such ones first.";
    }
    return null;
  }

  @Override
  public UserDetails loadUserByUsername(String name) {
    return accounts
        .sql("SELECT name, password, owner, generation FROM member WHERE name = ? AND disabled = 0")
        .param(name)
        .query((rows, _) ->
            new SignedIn(
                rows.getString(1), rows.getString(2), rows.getInt(3) == 1, rows.getLong(4)))
        .optional()
        .orElseThrow(() -> new UsernameNotFoundException("there is no such member"));
  }

  /** Which log-ins of a member are good; empty where none is, as they are gone or shut out. */
  public Optional<Long> generation(String name) {
    return accounts
        .sql("SELECT generation FROM member WHERE name = ? AND disabled = 0")
        .param(name)
        .query(Long.class)
        .optional();
  }

  /** Whether there is a member of that name, shut out or not. */
  public boolean exists(String name) {
    return find(name).isPresent();
  }

  /** What is known of a member. */
  public Optional<Member> find(String name) {
    return accounts.sql(MEMBER + " WHERE name = ?").param(name).query(Members::member).optional();
  }

  /** All members by name, 1,000 at most. */
  public List<Member> all() {
    return accounts.sql(MEMBER + " ORDER BY name LIMIT 1000").query(Members::member).list();
  }

  private static Member member(ResultSet rows, int row) throws SQLException {
    return new Member(
        rows.getString(1),
        rows.getInt(2) == 1,
        rows.getInt(3) == 1,
        !rows.getString(4).equals(NO_PASSWORD),
        Instant.ofEpochMilli(rows.getLong(5)));
  }

  /** Who has a role in a project, by name; owners, who may everything, are not among them. */
  public SortedMap<String, Role> of(String project) {
    SortedMap<String, Role> roles = new TreeMap<>();
    accounts
        .sql("SELECT member, role FROM role WHERE project = ?")
        .param(project)
        .query(rows -> {
          roles.put(rows.getString(1), Role.valueOf(rows.getString(2)));
        });
    return roles;
  }

  /** The roles of a member, by project. */
  public SortedMap<String, Role> rolesOf(String member) {
    SortedMap<String, Role> roles = new TreeMap<>();
    accounts
        .sql("SELECT project, role FROM role WHERE member = ?")
        .param(member)
        .query(rows -> {
          roles.put(rows.getString(1), Role.valueOf(rows.getString(2)));
        });
    return roles;
  }

  /** What a member may do in a project; empty where it is none of theirs. An owner may all. */
  public Optional<Role> role(String member, String project) {
    return accounts
        .sql(
            "SELECT CASE WHEN owner = 1 THEN 'ADMIN' ELSE role END FROM member"
                + " LEFT JOIN role ON role.member = member.name AND role.project = ?"
                + " WHERE member.name = ? AND disabled = 0 AND (owner = 1 OR role IS NOT NULL)")
        .params(project, member)
        .query(String.class)
        .optional()
        .map(Role::valueOf);
  }

  /** Whether a project has room for a member, or they have a role there already. */
  public boolean fits(String member, String project) {
    Long most = quotas.of(project).of(Quota.MEMBERS);
    if (most == null) {
      return true;
    }
    Map<String, Role> there = of(project);
    return there.containsKey(member) || there.size() < most;
  }

  /**
   * Gives a member a role in a project.
   *
   * @throws QuotaReached if they have none there yet, and the project has all that it may have
   */
  public void grant(String member, String project, Role role) {
    grant(audit.actor(), member, project, role);
  }

  void grant(Actor giver, String member, String project, Role role) {
    audit.recorded(() -> {
      if (!fits(member, project)) {
        long most = Objects.requireNonNull(quotas.of(project).of(Quota.MEMBERS));
        throw QuotaReached.of(Quota.MEMBERS, project, most, clock.now());
      }
      audit.note(giver, "role.given", project, Target.member(member), Map.of("role", role.label()));
      return accounts
          .sql(
              "INSERT INTO role VALUES (?, ?, ?)"
                  + " ON CONFLICT (project, member) DO UPDATE SET role = excluded.role")
          .params(project, member, role.name())
          .update();
    });
  }

  /** Takes a member's role in a project away. Returns whether they had one. */
  public boolean take(String member, String project) {
    return audit.recorded(() -> {
      int taken =
          accounts
              .sql("DELETE FROM role WHERE project = ? AND member = ?")
              .params(project, member)
              .update();
      if (taken > 0) {
        audit.note("role.taken", project, Target.member(member), Map.of());
      }
      return taken > 0;
    });
  }

  /**
   * Changes a password, and ends all log-ins of its member.
   *
   * @return what is wrong, or null where it was done
   */
  public @Nullable String changePassword(String name, String old, String fresh) {
    Optional<String> hash =
        accounts
            .sql("SELECT password FROM member WHERE name = ? AND disabled = 0")
            .param(name)
            .query(String.class)
            .optional();
    if (hash.isEmpty() || !passwords.matches(old, hash.get())) {
      return "The password you have is not that one.";
    }
    return setPassword(name, fresh);
  }

  @Nullable String setPassword(String name, String fresh) {
    String weak = weakness(name, fresh);
    if (weak != null) {
      return weak;
    }
    String hash = passwords.encode(fresh);
    return change(
        "password.changed",
        name,
        accounts
            .sql("UPDATE member SET password = ?, generation = generation + 1 WHERE name = ?")
            .params(hash, name));
  }

  /** Ends all log-ins of a member. Returns what is wrong, or null. */
  public @Nullable String endSessions(String name) {
    return change(
        "sessions.ended",
        name,
        accounts.sql("UPDATE member SET generation = generation + 1 WHERE name = ?").params(name));
  }

  /** Shuts a member out, at once. Returns what is wrong, or null. */
  public @Nullable String disable(String name) {
    return change(
        "member.disabled",
        name,
        accounts
            .sql(
                "UPDATE member SET disabled = 1, generation = generation + 1 WHERE name = ? AND "
                    + NOT_THE_LAST_OWNER)
            .params(name, name));
  }

  /** Lets a member in again. Returns what is wrong, or null. */
  public @Nullable String enable(String name) {
    return change(
        "member.enabled",
        name,
        accounts.sql("UPDATE member SET disabled = 0 WHERE name = ?").params(name));
  }

  /** Makes a member an owner of the server, or no longer. Returns what is wrong, or null. */
  public @Nullable String makeOwner(String name, boolean owner) {
    String changed = "UPDATE member SET owner = ?, generation = generation + 1 WHERE name = ? AND ";
    return change(
        owner ? "owner.given" : "owner.taken",
        name,
        owner
            ? accounts.sql(changed + "TRUE").params(1, name)
            : accounts.sql(changed + NOT_THE_LAST_OWNER).params(0, name, name));
  }

  /** Removes a member and their roles, at once. Returns what is wrong, or null. */
  public @Nullable String remove(String name) {
    return change(
        "member.removed",
        name,
        accounts
            .sql("DELETE FROM member WHERE name = ? AND " + NOT_THE_LAST_OWNER)
            .params(name, name));
  }

  private @Nullable String change(String action, String name, JdbcClient.StatementSpec statement) {
    return audit.recorded(() -> {
      if (statement.update() == 0) {
        return exists(name)
            ? name + " is the last owner of this server; make another member one first."
            : "There is no such member.";
      }
      audit.note(action, null, Target.member(name), Map.of());
      return null;
    });
  }
}
