package dev.assay.server.audit;

import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.core.passport.Author;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who stands behind an alias. An alias is a salted hash of what it stands for, so that nobody can
 * put another name behind it unseen; without the salt, which is deleted with the name, nothing can
 * be learned from it. Thread-safe.
 */
final class Aliases {

  static final String MARK = "p_";
  private static final int DIGITS = 32;
  private static final int PAGE = 500;
  private static final String FORGOTTEN = "somebody who was forgotten";

  private final JdbcClient accounts;
  private final Supplier<String> salts;

  Aliases(JdbcClient accounts, Supplier<String> salts) {
    this.accounts = accounts;
    this.salts = salts;
  }

  String ofName(String name) {
    return of("name", name, "");
  }

  /** An address is forgotten with the person who came from it, so each has an alias for it. */
  String ofAddress(String address, String owner) {
    return of("address", address, owner);
  }

  private String of(String kind, String value, String owner) {
    return accounts
        .sql("SELECT id FROM alias WHERE kind = ? AND value = ? AND owner = ?")
        .params(kind, value, owner)
        .query(String.class)
        .optional()
        .orElseGet(() -> {
          String salt = salts.get();
          String id = id(salt, kind, value);
          int _ =
              accounts
                  .sql("INSERT INTO alias VALUES (?, ?, ?, ?, ?, NULL)")
                  .params(id, kind, owner, salt, value)
                  .update();
          return id;
        });
  }

  private static String id(String salt, String kind, String value) {
    return MARK + EvidenceCodec.sha256(salt + "\n" + kind + "\n" + value).substring(0, DIGITS);
  }

  /** Whose alias it is, with what proves it. */
  Optional<Author> author(String alias) {
    return accounts
        .sql("SELECT value, salt FROM alias WHERE id = ? AND kind = 'name' AND value IS NOT NULL")
        .param(alias)
        .query((rows, _) -> new Author(rows.getString(1), rows.getString(2)))
        .optional();
  }

  /** What an entry may have for a name: the name itself, of a program, or its alias. */
  List<String> find(String name) {
    List<String> found =
        new ArrayList<>(
            accounts
                .sql("SELECT id FROM alias WHERE value = ?")
                .param(name)
                .query(String.class)
                .list());
    if (!name.startsWith(MARK)) {
      found.add(name);
    }
    return found;
  }

  /** The name behind what stands in an entry. */
  String shown(String text) {
    if (!text.startsWith(MARK)) {
      return text;
    }
    return accounts
        .sql("SELECT value FROM alias WHERE id = ? AND value IS NOT NULL")
        .param(text)
        .query(String.class)
        .optional()
        .orElse(FORGOTTEN);
  }

  boolean forget(String name, Instant now) {
    List<String> ids =
        accounts
            .sql("SELECT id FROM alias WHERE kind = 'name' AND value = ?")
            .param(name)
            .query((rows, _) -> rows.getString(1))
            .list();
    for (String id : ids) {
      accounts
          .sql("UPDATE alias SET salt = NULL, value = NULL, erased = ? WHERE id = ? OR owner = ?")
          .params(now.toEpochMilli(), id, id)
          .update();
    }
    return !ids.isEmpty();
  }

  /** As it is kept. */
  private record Kept(String id, @Nullable String salt, String kind, @Nullable String value) {

    /** Whether it was forgotten, or stands for what it was made for. */
    boolean sound() {
      return salt == null || value == null || id.equals(Aliases.id(salt, kind, value));
    }
  }

  /** Aliases that stand for something else than they were made for. */
  List<String> damages() {
    List<String> damages = new ArrayList<>();
    String last = "";
    List<Kept> page;
    do {
      page =
          accounts
              .sql("SELECT id, salt, kind, value FROM alias WHERE id > ? ORDER BY id LIMIT ?")
              .params(last, PAGE)
              .query((rows, _) ->
                  new Kept(
                      rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)))
              .list();
      for (Kept alias : page) {
        if (!alias.sound()) {
          damages.add("the alias " + alias.id() + " does not stand for what it was made for");
        }
      }
      last = page.isEmpty() ? last : page.getLast().id();
    } while (page.size() == PAGE);
    return damages;
  }
}
