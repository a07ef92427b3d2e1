package dev.assay.server.api;

import dev.assay.server.StatusProblem;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ServerKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets programs in that show a key: {@code Authorization: Bearer assay_…} (RFC 6750). */
public final class KeyFilter extends OncePerRequestFilter {

  private static final String BEARER = "Bearer ";

  private final ProjectKeys keys;
  private final ServerKeys serverKeys;

  /** Of those keys. */
  public KeyFilter(ProjectKeys keys, ServerKeys serverKeys) {
    this.keys = keys;
    this.serverKeys = serverKeys;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String key = shown.substring(BEARER.length()).strip();
      keys.find(key)
          .<ProgramKey>map(own -> own)
          .or(() -> serverKeys.find(key))
          .ifPresent(KeyFilter::letIn);
    }
    chain.doFilter(request, response);
  }

  private static void letIn(ProgramKey key) {
    PreAuthenticatedAuthenticationToken known =
        new PreAuthenticatedAuthenticationToken(
            key,
            "",
            key.scopes().stream()
                .map(scope ->
                    new org.springframework.security.core.authority.SimpleGrantedAuthority(
                        scope.name()))
                .toList());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(known);
    SecurityContextHolder.setContext(context);
  }

  /** Answers who showed no key, or none that is good. */
  public static void unknown(
      HttpServletRequest request, HttpServletResponse response, Exception refused)
      throws IOException {
    boolean showed = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE, showed ? "Bearer error=\"invalid_token\"" : "Bearer");
    new ProblemBody(
            401,
            "ASSAY-SERVER-001",
            "A key is needed",
            "The request has no key, or one that was revoked or has expired.",
            "make one in the project's settings, and send 'Authorization: Bearer assay_…'")
        .write(response);
  }

  /** Answers whose key is not for that. */
  public static void denied(
      HttpServletRequest request, HttpServletResponse response, Exception refused)
      throws IOException {
    new ProblemBody(
            403,
            StatusProblem.DENIED.code(),
            StatusProblem.DENIED.title(),
            refused instanceof AuthorizationDeniedException
                ? StatusProblem.DENIED.what()
                : String.valueOf(refused.getMessage()),
            StatusProblem.DENIED.mend())
        .write(response);
  }
}
