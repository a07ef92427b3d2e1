package dev.assay.server.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A project has all that it may have of something. What is free again tomorrow is answered by 429
 * (RFC 6585) with Retry-After; no room by 507 (RFC 4918, 11.5), as sending it again changes nothing
 * until somebody does something; no seat by 409.
 */
public final class QuotaReached extends ResponseStatusException {

  /** Which problem it is. */
  public static final String CODE = "ASSAY-SERVER-140";

  /** What kind of problem it is. */
  public static final String TITLE = "A quota is reached";

  private static final long serialVersionUID = 1;

  private final Quota quota;
  private final @Nullable Long waitSeconds;

  private QuotaReached(Quota quota, String what, @Nullable Long waitSeconds) {
    super(status(quota), what);
    this.quota = quota;
    this.waitSeconds = waitSeconds;
  }

  /**
   * For a project.
   *
   * @param most how much it may have
   * @param now when
   */
  public static QuotaReached of(Quota quota, String project, long most, Instant now) {
    Instant free = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).plusDays(1).toInstant();
    String what = "the project '" + project + "' may have " + quota.much(most);
    return quota.daily()
        ? new QuotaReached(
            quota,
            what + ", and has no room for more today; from " + free + " on it takes more",
            Math.max(1, Duration.between(now, free).toSeconds()))
        : new QuotaReached(quota, what + ", and has no room for more", null);
  }

  private static HttpStatus status(Quota quota) {
    return switch (quota) {
      case ENTRIES, RUNS, REQUESTS -> HttpStatus.TOO_MANY_REQUESTS;
      case BYTES -> HttpStatus.INSUFFICIENT_STORAGE;
      case MEMBERS, KEYS -> HttpStatus.CONFLICT;
    };
  }

  /** Which one. */
  public Quota quota() {
    return quota;
  }

  /** In how many seconds it is free again; null where nobody knows. */
  public @Nullable Long waitSeconds() {
    return waitSeconds;
  }

  /** How to mend it, as an imperative; not yet a sentence. */
  public String mend() {
    return switch (quota) {
      case ENTRIES, RUNS ->
          "send it then ('assay push' sends what is missing of a run), or ask an owner of the"
              + " server for a larger quota";
      case BYTES ->
          "take old files away by a rule of retention or erase runs, then 'assay push' the run; or"
              + " ask an owner of the server for a larger quota";
      case MEMBERS ->
          "take the role of somebody away first, or ask an owner of the server for a larger quota";
      case KEYS -> "revoke another key first, or ask an owner of the server for a larger quota";
      case REQUESTS -> "ask less often, or ask an owner of the server for a larger quota";
    };
  }
}
