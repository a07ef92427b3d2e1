package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import dev.assay.server.StatusProblem;
import dev.assay.server.account.ProgramKey;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how often a key asks: a bucket of {@value #BURST} requests that fills again by {@value
 * #EACH_SECOND} a second. Says so in {@code RateLimit} and {@code RateLimit-Policy}
 * (draft-ietf-httpapi-ratelimit-headers-10). Remembers the {@value #MOST} keys that asked last.
 */
public final class RateLimit extends OncePerRequestFilter {

  static final int BURST = 2_000;
  static final int EACH_SECOND = 200;
  private static final int MOST = 10_000;
  private static final int TOO_MANY = 429;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST;
        }
      };

  /** What a key may still ask. */
  private record Bucket(double left, long atMillis) {}

  /** By that clock. */
  public RateLimit(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !(who.getPrincipal() instanceof ProgramKey key)) {
      chain.doFilter(request, response);
      return;
    }
    double left = take(key.id());
    response.setHeader("RateLimit-Policy", "\"key\";q=" + BURST + ";w=" + BURST / EACH_SECOND);
    response.setHeader(
        "RateLimit",
        "\"key\";r=" + Math.max(0, (long) left) + ";t=" + Math.round((BURST - left) / EACH_SECOND));
    if (left < 0) {
      response.setHeader("Retry-After", "1");
      new ProblemBody(
              TOO_MANY,
              StatusProblem.TOO_OFTEN.code(),
              StatusProblem.TOO_OFTEN.title(),
              "The key may ask "
                  + BURST
                  + " times at once, and "
                  + EACH_SECOND
                  + " times a second.",
              "wait as Retry-After says, and ask less often")
          .write(response);
      return;
    }
    chain.doFilter(request, response);
  }

  /** Takes one; below 0 where there is none. */
  private double take(String key) {
    long now = clock.now().toEpochMilli();
    lock.lock();
    try {
      Bucket held = buckets.getOrDefault(key, new Bucket(BURST, now));
      double passed = Math.max(0, now - held.atMillis()) / 1_000.0;
      double left = Math.min(BURST, held.left() + passed * EACH_SECOND);
      boolean may = left >= 1;
      buckets.put(key, new Bucket(may ? left - 1 : left, now));
      return may ? left - 1 : -1;
    } finally {
      lock.unlock();
    }
  }
}
