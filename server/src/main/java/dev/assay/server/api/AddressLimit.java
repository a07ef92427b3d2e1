package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import dev.assay.server.api.Buckets.Rate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what one address asks without a key and without being logged in: {@value #BURST} times at
 * once, {@value #EACH_SECOND} times a second. Who looks whether the server lives is not counted.
 */
public final class AddressLimit extends OncePerRequestFilter {

  private static final long BURST = 2_000;
  private static final long EACH_SECOND = 100;
  private static final Rate RATE = new Rate(BURST, EACH_SECOND);
  private static final int TOO_MANY = 429;

  private final Buckets addresses;

  /** By that clock. */
  public AddressLimit(Clock clock) {
    this.addresses = new Buckets(clock);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return switch (request.getRequestURI()) {
      case "/health", "/ready", "/metrics" -> true;
      default -> false;
    };
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    boolean known = who != null && !(who instanceof AnonymousAuthenticationToken);
    if (known || !addresses.take(request.getRemoteAddr(), RATE).none()) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Retry-After", "1");
    if (!request.getRequestURI().startsWith("/api/")) {
      response.sendError(TOO_MANY);
      return;
    }
    ProblemBody.tooOften("Without a key an address", RATE, "send a key that is good")
        .write(response);
  }
}
