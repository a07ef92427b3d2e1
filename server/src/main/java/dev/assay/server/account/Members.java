package dev.assay.server.account;

import dev.assay.api.spi.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The people of this server. Passwords are kept as Argon2id hashes only. The first member is made
 * by a link that is printed at the start and works once; it is in no file. Thread-safe.
 */
public final class Members implements UserDetailsService {

  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final int TOKEN_BYTES = 32;

  private final JdbcClient accounts;
  private final PasswordEncoder passwords;
  private final Clock clock;
  private final String token;

  /** The members of a database. */
  public Members(JdbcClient accounts, PasswordEncoder passwords, Secrets secrets, Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
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

  private long count() {
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
    return add(name, password, true);
  }

  /** Adds a member. Returns what is wrong with the name or the password, or null. */
  public @Nullable String add(String name, String password, boolean owner) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")) {
      return "A name has 1 to 100 letters, digits and . _ @ + - and begins with a letter or digit.";
    }
    String weak = weakness(name, password);
    if (weak != null) {
      return weak;
    }
    int added =
        accounts
            .sql("INSERT INTO member VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .params(name, passwords.encode(password), owner ? 1 : 0, clock.now().toEpochMilli())
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
        .sql("SELECT name, password, owner FROM member WHERE name = ?")
        .param(name)
        .query((rows, _) ->
            User.withUsername(rows.getString(1))
                .password(rows.getString(2))
                .authorities(rows.getInt(3) == 1 ? "OWNER" : "MEMBER")
                .build())
        .optional()
        .orElseThrow(() -> new UsernameNotFoundException("there is no such member"));
  }

  /** What a member may do in a project; empty where it is none of theirs. An owner may all. */
  public Optional<Role> role(String member, String project) {
    return accounts
        .sql(
            "SELECT CASE WHEN owner = 1 THEN 'ADMIN' ELSE role END FROM member"
                + " LEFT JOIN role ON role.member = member.name AND role.project = ?"
                + " WHERE member.name = ? AND (owner = 1 OR role IS NOT NULL)")
        .params(project, member)
        .query(String.class)
        .optional()
        .map(Role::valueOf);
  }

  /** Gives a member a role in a project. */
  public void grant(String member, String project, Role role) {
    accounts
        .sql(
            "INSERT INTO role VALUES (?, ?, ?)"
                + " ON CONFLICT (project, member) DO UPDATE SET role = excluded.role")
        .params(project, member, role.name())
        .update();
  }
}
