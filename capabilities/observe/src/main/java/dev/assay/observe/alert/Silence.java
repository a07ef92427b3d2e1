package dev.assay.observe.alert;

import dev.assay.api.problem.Where;
import dev.assay.observe.problem.AlertProblems;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Alerts that nobody is told of for a while. Immutable.
 *
 * @param id unique
 * @param matchers what the labels must be like
 * @param startsAt from when
 * @param endsAt until when
 * @param createdBy who made it
 * @param comment why
 * @param updatedAt when it was changed last
 */
public record Silence(
    String id,
    List<LabelMatcher> matchers,
    Instant startsAt,
    Instant endsAt,
    String createdBy,
    String comment,
    Instant updatedAt) {

  /** Checks it, as Alertmanager does. */
  public Silence {
    matchers = List.copyOf(matchers);
    if (matchers.stream().allMatch(matcher -> matcher.matches(Map.of()))) {
      throw wrong("at least one matcher must not match the empty value", "name a label's value");
    }
    if (!endsAt.isAfter(startsAt)) {
      throw wrong("it ends at " + endsAt + ", not after it starts", "give a later end");
    }
    if (comment.isBlank() || createdBy.isBlank()) {
      throw wrong("it does not say who made it and why", "give createdBy and comment");
    }
  }

  private static RuntimeException wrong(String what, String mend) {
    return AlertProblems.WRONG_ALERT.failure(Where.named("the silence"), what, mend);
  }

  /** The same under another id. */
  public Silence called(String other) {
    return new Silence(other, matchers, startsAt, endsAt, createdBy, comment, updatedAt);
  }

  /** The same, ended at that moment. */
  Silence until(Instant now) {
    return new Silence(id, matchers, startsAt, now, createdBy, comment, now);
  }

  /** Where it is in its life: {@code pending}, {@code active} or {@code expired}. */
  public String state(Instant now) {
    if (!endsAt.isAfter(now)) {
      return "expired";
    }
    return startsAt.isAfter(now) ? "pending" : "active";
  }

  /** Whether it keeps these labels quiet at a moment. */
  public boolean quiets(Map<String, String> labels, Instant now) {
    return !startsAt.isAfter(now) && endsAt.isAfter(now) && LabelMatcher.all(matchers, labels);
  }
}
