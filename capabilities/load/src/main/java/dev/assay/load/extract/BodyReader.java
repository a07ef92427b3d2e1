package dev.assay.load.extract;

import dev.assay.api.value.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body after the other and answers the probes of its plan. The bytes may be split
 * anywhere. Texts in the answers are UTF-8.
 *
 * <p>A JSON body is read only until every probe has its answer, so {@link #fault()} says nothing of
 * what comes after. A value may have up to {@link #LONGEST} bytes, and so may a body that a regular
 * expression or a comparison of the whole text looks at; what only JSON paths look at may have any
 * length.
 *
 * <p>Allocates nothing once its buffers have grown to what the bodies need. Not thread-safe.
 */
public final class BodyReader {

  /** How many bytes a value, or a body that is looked at as a whole, may have. */
  public static final int LONGEST = 1 << 20;

  private static final String TOO_LONG = "a value in the body is longer than 1 MiB";
  private static final String BODY_TOO_LONG = "the body is longer than the 1 MiB that are searched";
  private static final String ENDLESS = "a regular expression takes too long on this body";

  private static final Pattern PLAIN = Pattern.compile("[^\\\\\\[\\](){}.*+?^$|]+");

  private final Probe[] probes;
  private final boolean[] definite;
  private final Bytes[] values;
  private final boolean[] found;
  private final boolean[] decided;
  private final @Nullable ValueTest[] tests;
  private final @Nullable Search[] searches;
  private final @Nullable Needle[] needles;
  private final boolean[] whole;
  private final @Nullable JsonScan json;
  private final @Nullable Bytes body;
  private int undecidedPaths;
  private int undecided;
  private @Nullable String fault;

  BodyReader(BodyPlan plan) {
    List<Probe> asked = plan.probes();
    int many = asked.size();
    probes = asked.toArray(new Probe[0]);
    definite = new boolean[many];
    values = new Bytes[many];
    found = new boolean[many];
    decided = new boolean[many];
    tests = new ValueTest[many];
    searches = new Search[many];
    needles = new Needle[many];
    whole = new boolean[many];
    boolean collects = false;
    for (int i = 0; i < many; i++) {
      definite[i] = plan.definite(i);
      values[i] = new Bytes(LONGEST);
      switch (probes[i]) {
        case Probe.JsonPath ignored -> {}
        case Probe.JsonTest(String path, Comparison comparison) ->
            tests[i] = ValueTest.of(comparison);
        case Probe.TextTest(Comparison comparison) -> textTest(i, comparison);
        case Probe.Regex(Pattern pattern) -> {
          searches[i] = new Search(pattern);
          whole[i] = true;
        }
        case Probe.Contains(String text) -> needles[i] = Needle.wanted(text);
      }
      collects |= whole[i];
    }
    PathNode root = plan.root();
    json = root == null ? null : new JsonScan(root, new Answers(), LONGEST);
    body = collects ? new Bytes(LONGEST) : null;
    begin();
  }

  /** An expression without special characters is sought as the bytes stream by. */
  private void textTest(int probe, Comparison comparison) {
    Pattern pattern = comparison.pattern();
    if (pattern != null && pattern.flags() == 0 && PLAIN.matcher(pattern.pattern()).matches()) {
      boolean unwanted = comparison.operator() == Comparison.Operator.NOT_MATCHES;
      needles[probe] =
          unwanted ? Needle.unwanted(pattern.pattern()) : Needle.wanted(pattern.pattern());
    } else {
      tests[probe] = ValueTest.plain(comparison);
      whole[probe] = true;
    }
  }

  private static boolean path(Probe probe) {
    return probe instanceof Probe.JsonPath || probe instanceof Probe.JsonTest;
  }

  /** Forgets the last body and prepares for the next. */
  public void begin() {
    fault = null;
    undecided = probes.length;
    undecidedPaths = 0;
    for (int i = 0; i < probes.length; i++) {
      found[i] = false;
      decided[i] = false;
      values[i].clear();
      undecidedPaths += path(probes[i]) ? 1 : 0;
      Needle needle = needles[i];
      if (needle != null) {
        needle.begin();
      }
    }
    if (json != null) {
      json.begin();
    }
    if (body != null) {
      body.clear();
    }
  }

  /** Whether every probe has its answer, so that the rest of the body need not be fed. */
  public boolean satisfied() {
    return undecided == 0;
  }

  /** Reads the next bytes of the body. */
  public void feed(byte[] bytes, int from, int to) {
    if (undecided == 0 || from >= to) {
      return;
    }
    if (json != null && !json.ended()) {
      json.feed(bytes, from, to);
    }
    if (body != null && !body.overflowed()) {
      body.append(bytes, from, to);
    }
    if (undecided > undecidedPaths) {
      seek(bytes, from, to);
    }
  }

  private void seek(byte[] bytes, int from, int to) {
    for (int i = 0; i < needles.length; i++) {
      Needle needle = needles[i];
      if (needle != null && !decided[i] && needle.seek(bytes, from, to)) {
        decide(i, needle.wanted());
      }
    }
  }

  /** Says that the body is complete. */
  public void end() {
    if (undecided == 0) {
      return;
    }
    if (json != null && undecidedPaths > 0) {
      json.end();
      boolean broken = json.fault() != null;
      if (broken && fault == null) {
        fault = "the body is not JSON: " + json.fault();
      }
      for (int i = 0; i < probes.length; i++) {
        if (!decided[i] && path(probes[i])) {
          ValueTest test = tests[i];
          // A test that nothing has failed so far holds where there was a value, or none may be.
          decide(i, !broken && test != null && (found[i] || test.holdsForNothing()));
          if (broken || test == null) {
            values[i].clear();
          }
        }
      }
    }
    if (body != null) {
      whole(body);
    }
    for (int i = 0; i < probes.length; i++) {
      if (!decided[i]) {
        Needle needle = needles[i];
        decide(i, needle != null && !needle.wanted());
      }
    }
  }

  private void whole(Bytes text) {
    if (text.overflowed()) {
      fault = fault == null ? BODY_TOO_LONG : fault;
      return;
    }
    for (int i = 0; i < probes.length; i++) {
      if (!decided[i] && whole[i]) {
        Search search = searches[i];
        ValueTest test = tests[i];
        if (search != null) {
          boolean match = search.find(text.array(), 0, text.length()) && search.write(values[i]);
          decide(i, match);
          fault = search.gaveUp() && fault == null ? ENDLESS : fault;
        } else if (test != null) {
          decide(i, test.holds(text));
        }
      }
    }
  }

  private void decide(int probe, boolean answer) {
    if (!decided[probe]) {
      decided[probe] = true;
      undecided--;
      undecidedPaths -= path(probes[probe]) ? 1 : 0;
    }
    found[probe] = answer;
  }

  /**
   * The answer to a probe, after {@link #end}: for {@link Probe.JsonPath} and {@link Probe.Regex}
   * whether there is a value, for the others whether they hold.
   *
   * @param probe its place in the plan
   */
  public boolean found(int probe) {
    return found[probe];
  }

  /**
   * The value of a {@link Probe.JsonPath} or {@link Probe.Regex} that was found; good until the
   * next {@link #begin}. Of a {@link Probe.JsonTest}, the last value that it looked at: where it
   * does not hold, the one that failed it, or nothing.
   *
   * @param probe its place in the plan
   */
  public Bytes value(int probe) {
    return values[probe];
  }

  /** Why the body could not be read as it is asked for, as a sentence for people; or null. */
  public @Nullable String fault() {
    return fault;
  }

  /** What the JSON paths find. */
  private final class Answers implements JsonScan.Found {

    @Override
    public boolean wants(int probe) {
      return !decided[probe];
    }

    @Override
    public Bytes place(int probe) {
      return values[probe];
    }

    @Override
    public void value(int probe, boolean isNull, boolean tooLong) {
      if (decided[probe]) {
        return;
      }
      if (tooLong) {
        fault = fault == null ? TOO_LONG : fault;
        decide(probe, false);
        return;
      }
      ValueTest test = tests[probe];
      if (test == null) {
        if (isNull) {
          values[probe].clear();
        }
        decide(probe, !isNull);
        return;
      }
      boolean holds = test.holds(values[probe]);
      if (!holds || definite[probe]) {
        decide(probe, holds);
      } else {
        found[probe] = true;
      }
    }

    @Override
    public void length(int probe, long many) {
      if (!decided[probe]) {
        values[probe].clear();
        values[probe].appendNumber(many);
        value(probe, false, false);
      }
    }

    @Override
    public boolean enough() {
      return undecidedPaths == 0;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d of %d answered", probes.length - undecided, probes.length);
  }
}
