package dev.assay.gateway.http;

/** A bucket of a second's messages. Thread-safe. */
final class RateLimit {

  private static final double SECOND = 1e9;

  private final double perSecond;
  private double left;
  private long filled;

  RateLimit(double perSecond, long now) {
    this.perSecond = perSecond;
    this.left = Math.max(1, perSecond);
    this.filled = now;
  }

  synchronized boolean take(int count, long now) {
    left = Math.min(Math.max(1, perSecond), left + (now - filled) / SECOND * perSecond);
    filled = now;
    // a request larger than a second's share passes when the bucket is full, and leaves a debt
    if (left < Math.min(count, Math.max(1, perSecond))) {
      return false;
    }
    left -= count;
    return true;
  }

  synchronized long remaining() {
    return Math.max(0, (long) left);
  }

  /** In how many seconds one may be sent. */
  synchronized long after() {
    return left >= 1 ? 0 : (long) Math.ceil((1 - left) / perSecond);
  }

  /** The policy as draft-ietf-httpapi-ratelimit-headers writes it. */
  String policy() {
    return "\"messages\";q=" + Math.max(1, (long) perSecond) + ";w=1";
  }

  /** What is left, likewise. */
  String state() {
    return "\"messages\";r=" + remaining() + ";t=" + Math.max(1, after());
  }
}
