package dev.assay.suite.flaky;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tests that may fail for a while without holding a release. They still run. Thread-safe.
 *
 * @param entries by test
 */
public record Quarantine(Map<String, Entry> entries) {

  /** Copies the map. */
  public Quarantine {
    entries = Map.copyOf(entries);
  }

  /** Of these entries; refuses two of one test. */
  public static Quarantine of(Collection<Entry> entries) {
    Map<String, Entry> byTest = new TreeMap<>();
    for (Entry entry : entries) {
      if (byTest.put(entry.test, entry) != null) {
        throw new IllegalArgumentException("'" + entry.test + "' is quarantined twice");
      }
    }
    return new Quarantine(byTest);
  }

  /**
   * One test.
   *
   * @param test its name
   * @param owner who mends it; not blank
   * @param reason why it is here; not blank
   * @param expires the last day on which it holds
   */
  public record Entry(String test, String owner, String reason, LocalDate expires) {

    /** Refuses an entry that nobody answers for. */
    public Entry {
      if (test.isBlank() || owner.isBlank() || reason.isBlank()) {
        throw new IllegalArgumentException(
            "a quarantine names the test, its owner and the reason, none of them blank");
      }
    }
  }

  /** What a result counts for. */
  public enum Effect {
    /** It is not quarantined: a failure fails the check. */
    GATES,
    /** It is quarantined: neither its pass nor its failure counts. */
    HELD,
    /** Its quarantine has expired: that fails the check, whatever became of the test. */
    EXPIRED
  }

  /** What a result of a test counts for on a day. */
  public Effect effect(String test, LocalDate today) {
    Entry entry = entries.get(test);
    if (entry == null) {
      return Effect.GATES;
    }
    return today.isAfter(entry.expires) ? Effect.EXPIRED : Effect.HELD;
  }

  /** Whether a result fails the check. */
  public boolean fails(String test, boolean failed, LocalDate today) {
    return switch (effect(test, today)) {
      case GATES -> failed;
      case HELD -> false;
      case EXPIRED -> true;
    };
  }

  /** The entry of a test. */
  public Optional<Entry> of(String test) {
    return Optional.ofNullable(entries.get(test));
  }

  /** What has expired by a day, in the order of names; red also where the tests are gone. */
  public List<Entry> expired(LocalDate today) {
    return new TreeMap<>(entries)
        .values().stream().filter(entry -> today.isAfter(entry.expires)).toList();
  }
}
