package dev.assay.server.audit;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonReader;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.spi.Clock;
import dev.assay.core.passport.Author;
import dev.assay.server.database.ServerDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit log. Entries are added and never changed: triggers refuse it, and the chain shows it
 * where somebody drops the triggers. What is done and its entry are one transaction where both are
 * within {@link #recorded}. Thread-safe.
 */
public final class AuditLog {

  private static final Pattern ACTION = Pattern.compile("[a-z]+(\\.[a-z]+)?");
  private static final int LONGEST = 500;
  private static final int PAGE = 500;

  private final ServerDatabase database;
  private final JdbcClient accounts;
  private final Aliases aliases;
  private final Supplier<Actor> actor;
  private final Clock clock;

  /**
   * The log of a database.
   *
   * @param salts draws 32 random hexadecimal digits
   * @param actor who acts on the calling thread
   */
  public AuditLog(
      ServerDatabase database, Supplier<String> salts, Supplier<Actor> actor, Clock clock) {
    this.database = database;
    this.accounts = database.statements();
    this.aliases = new Aliases(this.accounts, salts);
    this.actor = actor;
    this.clock = clock;
  }

  /** Does something and notes it, both or neither. */
  public <T extends @Nullable Object> T recorded(Supplier<T> action) {
    return database.change(action);
  }

  /**
   * What stands for somebody where their name must be forgotten with them: the alias of a person,
   * the name of a program.
   */
  public String alias(Actor who) {
    return who.person() ? aliases.ofName(who.name()) : who.name();
  }

  /** The person behind an alias; empty where that was forgotten, or is a program. */
  public Optional<Author> author(String alias) {
    return aliases.author(alias);
  }

  /** The name behind an alias, or that somebody was forgotten; a program's own name. */
  public String shown(String alias) {
    return aliases.shown(alias);
  }

  /** Who acts on this thread. */
  public Actor actor() {
    return actor.get();
  }

  /** Notes what whoever acts on this thread did. */
  public void note(
      String action, @Nullable String project, Target target, Map<String, String> detail) {
    note(actor.get(), action, project, target, detail);
  }

  /**
   * Notes what somebody did.
   *
   * @param action one or two words of small letters, with a dot between
   * @param detail more, by name; neither secrets nor names of people
   */
  public void note(
      Actor who,
      String action,
      @Nullable String project,
      Target target,
      Map<String, String> detail) {
    if (!ACTION.matcher(action).matches()) {
      throw new IllegalArgumentException("'" + action + "' is no action");
    }
    Link _ = database.change(() -> append(who, action, project, target, detail));
  }

  private Link append(
      Actor who,
      String action,
      @Nullable String project,
      Target target,
      Map<String, String> detail) {
    String name = alias(who);
    String address =
        who.address() == null ? null : aliases.ofAddress(who.address(), who.person() ? name : "");
    Map<String, String> bounded = new TreeMap<>();
    detail.forEach((key, value) -> bounded.put(key, cut(value)));
    Json.Obj body =
        Json.object()
            .put("at", clock.now().toEpochMilli())
            .put("actor", name)
            .putIfPresent("from", address)
            .put("action", action)
            .putIfPresent("project", project)
            .put("target", target.person() ? aliases.ofName(target.name()) : cut(target.name()))
            .put("detail", Json.texts(bounded))
            .build();
    String text = JsonWriter.canonical(body);
    Link last =
        accounts
            .sql("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
            .query((rows, _) -> new Link(rows.getLong(1), rows.getString(2)))
            .optional()
            .orElse(Link.FIRST);
    Link next = last.next(text);
    int _ =
        accounts
            .sql("INSERT INTO audit (sequence, body, hash) VALUES (?, ?, ?)")
            .params(next.sequence(), text, next.hash())
            .update();
    return next;
  }

  /** PostgreSQL has no NUL in texts. */
  private static String cut(String text) {
    String kept = text.replace('\0', '\uFFFD');
    return kept.length() <= LONGEST ? kept : kept.substring(0, LONGEST - 1) + "…";
  }

  /** Some entries, the newest first. */
  public List<AuditEntry> page(AuditFilter filter) {
    String who = filter.who();
    List<String> actors = who == null ? List.of() : aliases.find(who);
    return accounts
        .sql(
            "SELECT sequence, body, hash FROM audit WHERE sequence < :before"
                + " AND (CAST(:who AS TEXT) IS NULL OR actor IN (:actors) OR target IN (:actors))"
                + " AND (CAST(:action AS TEXT) IS NULL"
                + " OR substr(action, 1, length(CAST(:action AS TEXT))) = :action)"
                + " AND (CAST(:project AS TEXT) IS NULL OR project = :project)"
                + " ORDER BY sequence DESC LIMIT :limit")
        .param("before", filter.before() == null ? Long.MAX_VALUE : filter.before())
        .param("who", who)
        .param("actors", actors.isEmpty() ? List.of("") : actors)
        .param("action", filter.action())
        .param("project", filter.project())
        .param("limit", filter.limit())
        .query((rows, _) -> new Row(rows.getLong(1), rows.getString(2), rows.getString(3)))
        .list()
        .stream()
        .map(this::entry)
        .toList();
  }

  /** Gives all entries that are wanted, the newest first, a few at a time. */
  public void each(AuditFilter filter, Consumer<AuditEntry> taker) {
    Long before = filter.before();
    List<AuditEntry> page;
    do {
      page = page(new AuditFilter(filter.who(), filter.action(), filter.project(), before, PAGE));
      page.forEach(taker);
      before = page.isEmpty() ? before : Long.valueOf(page.getLast().sequence());
    } while (page.size() == PAGE);
  }

  /** As it is kept. */
  private record Row(long sequence, String body, String hash) {}

  private AuditEntry entry(Row row) {
    Json.Obj body = JsonReader.read(row.body()).asObject();
    SortedMap<String, String> detail = new TreeMap<>();
    body.object("detail").members().forEach((key, value) -> detail.put(key, value.asText()));
    return new AuditEntry(
        row.sequence(),
        Instant.ofEpochMilli(body.whole("at")),
        aliases.shown(body.text("actor")),
        Optional.ofNullable(body.findText("from")).map(aliases::shown).orElse(""),
        body.text("action"),
        body.findText("project"),
        aliases.shown(body.text("target")),
        detail,
        row.hash(),
        body);
  }

  /**
   * Forgets who a person was: their name and the addresses they came from. The entries stay, and
   * the chain with them.
   *
   * @return whether the log knew them
   */
  public boolean forget(String member) {
    return aliases.forget(member, clock.now());
  }

  /** Brings what was forgotten out of the files that still have it. */
  public void settle() {
    database.settle();
  }

  /** Whether an entry has that hash. */
  public boolean has(String hash) {
    return accounts
            .sql("SELECT count(*) FROM audit WHERE hash = ?")
            .param(hash)
            .query((rows, _) -> rows.getLong(1))
            .single()
        > 0;
  }

  /**
   * Reads every entry and finds what was changed, and whether the end was cut off.
   *
   * @param head a hash that somebody noted; empty for none
   */
  public AuditVerification verify(String head) {
    AuditVerification found = verify();
    if (head.isBlank() || has(head.strip())) {
      return found;
    }
    List<String> damages = new ArrayList<>(found.damages());
    damages.add("the hash " + head.strip() + " is not in the chain: it was replaced or cut off");
    return new AuditVerification(found.entries(), found.head(), damages);
  }

  /** Reads every entry and finds what was changed. */
  public AuditVerification verify() {
    List<String> damages = new ArrayList<>();
    Link last = Link.FIRST;
    List<Row> page;
    do {
      page = after(last.sequence());
      for (Row row : page) {
        Link next = last.next(row.body());
        if (row.sequence() != next.sequence()) {
          damages.add("entry " + next.sequence() + " is missing");
        } else if (!next.hash().equals(row.hash())) {
          damages.add("entry " + next.sequence() + " is not the one that was chained");
        }
        last = new Link(row.sequence(), row.hash());
      }
    } while (page.size() == PAGE);
    damages.addAll(aliases.damages());
    return new AuditVerification(last.sequence(), last.hash(), damages);
  }

  private List<Row> after(long sequence) {
    return accounts
        .sql("SELECT sequence, body, hash FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?")
        .params(sequence, PAGE)
        .query((rows, _) -> new Row(rows.getLong(1), rows.getString(2), rows.getString(3)))
        .list();
  }
}
