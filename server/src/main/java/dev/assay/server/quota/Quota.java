package dev.assay.server.quota;

import dev.assay.api.value.Unit;
import dev.assay.core.report.Words;
import java.util.Locale;
import java.util.Optional;

/** Something of which a project may have so much and no more. */
public enum Quota {
  /** Evidence and artifacts that are kept, in bytes. */
  BYTES("Kept", "", false),
  /** Entries that come on a day of UTC. */
  ENTRIES("Entries a day", " a day", true),
  /** Runs that begin on a day of UTC. */
  RUNS("Runs a day", " a day", true),
  /** Members that have a role in the project. */
  MEMBERS("Members", "", false),
  /** Keys of the project that are good. */
  KEYS("Keys", "", false),
  /** Requests of all keys together, a second. */
  REQUESTS("Requests a second", " a second", false);

  /** No quota is larger. */
  public static final long MOST = 1_000_000_000_000_000L;

  private final String title;
  private final String time;
  private final boolean daily;

  Quota(String title, String time, boolean daily) {
    this.title = title;
    this.time = time;
    this.daily = daily;
  }

  /** As programs write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that is written so; empty where there is none. */
  public static Optional<Quota> of(String label) {
    for (Quota each : values()) {
      if (each.label().equals(label)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** As people read it. */
  public String title() {
    return title;
  }

  /** So much of it, for people: "5 runs a day". */
  public String much(long number) {
    return switch (this) {
          case BYTES -> text(number) + " of evidence and artifacts";
          case ENTRIES -> Words.many(number, "entry");
          case RUNS -> Words.many(number, "run");
          case MEMBERS -> Words.many(number, "member");
          case KEYS -> Words.many(number, "key");
          case REQUESTS -> Words.many(number, "request");
        }
        + time;
  }

  /** Whether all of it is free again each day, at midnight in UTC. */
  public boolean daily() {
    return daily;
  }

  /** A number of it for people. */
  public String text(long number) {
    return this == BYTES ? Unit.BYTES.format(number) : Words.grouped(number);
  }
}
