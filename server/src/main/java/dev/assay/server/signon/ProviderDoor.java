package dev.assay.server.signon;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends whoever wants to sign on back to the log-in page, which says what is wrong, while the
 * provider does not answer: a browser that is sent on to it would show an error of its own, and no
 * other way in. Thread-safe.
 */
public final class ProviderDoor extends OncePerRequestFilter {

  /** The reason, as the log-in page knows it. */
  public static final String AWAY = "provider_away";

  private final LazyRegistration provider;

  /** Before that provider. */
  public ProviderDoor(LazyRegistration provider) {
    this.provider = provider;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getServletPath();
    return !path.startsWith("/oauth2/authorization/") && !path.startsWith("/login/oauth2/code/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (provider.answers()) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(HttpStatus.SEE_OTHER.value());
      response.setHeader("Location", "/login?refused=" + AWAY);
    }
  }
}
