package dev.assay.server.account;

import dev.assay.server.audit.Actor;
import dev.assay.server.audit.AuditLog;
import dev.assay.server.audit.Target;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who comes in and who goes: slows guessers down, notes log-ins good and bad, and shows out whose
 * log-in is good no longer. Thread-safe.
 */
public final class Door extends OncePerRequestFilter {

  private final Members members;
  private final Attempts attempts;
  private final AuditLog audit;

  /** Of those members. */
  public Door(Members members, Attempts attempts, AuditLog audit) {
    this.members = members;
    this.attempts = attempts;
    this.audit = audit;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who != null
        && who.getPrincipal() instanceof LoggedIn in
        && members.generation(who.getName()).filter(good -> good == in.generation()).isEmpty()) {
      HttpSession session = request.getSession(false);
      if (session != null) {
        session.invalidate();
      }
      SecurityContextHolder.clearContext();
      show(response, "/login?ended=yes");
      return;
    }
    if (request.getMethod().equals("POST") && request.getServletPath().equals("/login")) {
      String name = name(request);
      Duration wait = attempts.begin(name, request.getRemoteAddr());
      if (!wait.isZero()) {
        response.setHeader("Retry-After", String.valueOf(wait.toSeconds()));
        show(response, "/login?wait=" + wait.toSeconds());
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static void show(HttpServletResponse response, String place) {
    response.setStatus(HttpStatus.SEE_OTHER.value());
    response.setHeader("Location", place);
  }

  private static String name(HttpServletRequest request) {
    String name = request.getParameter("username");
    return name == null ? "" : name.strip();
  }

  /** Notes that somebody came in, by what. */
  public void cameIn(HttpServletRequest request, Authentication who, String by) {
    attempts.succeeded(who.getName(), request.getRemoteAddr());
    audit.note(
        Actor.member(who.getName(), request.getRemoteAddr()),
        "login",
        null,
        Target.member(who.getName()),
        Map.of("by", by));
  }

  /** An attempt that nobody looked at, as the database was away, is none. */
  public void couldNotLook(HttpServletRequest request) {
    attempts.succeeded(name(request), request.getRemoteAddr());
  }

  /**
   * Notes that a password was wrong. What was typed for a name is noted only where it is one: it
   * may be a password in the wrong field.
   */
  public void wasRefused(HttpServletRequest request) {
    String name = name(request);
    audit.note(
        Actor.program("nobody known", request.getRemoteAddr()),
        "login.refused",
        null,
        members.exists(name) ? Target.member(name) : Target.thing("an unknown name"),
        Map.of());
  }

  /** Notes that somebody whom a provider vouched for, or not, was refused, and why. */
  public void wasRefusedBySignOn(HttpServletRequest request, String why) {
    audit.note(
        Actor.program("nobody known", request.getRemoteAddr()),
        "login.refused",
        null,
        Target.thing("single sign-on"),
        Map.of("why", why));
  }

  /** Notes that somebody went. */
  public void went(HttpServletRequest request, @Nullable Authentication who) {
    if (who != null) {
      audit.note(
          Actor.member(who.getName(), request.getRemoteAddr()),
          "logout",
          null,
          Target.member(who.getName()),
          Map.of());
    }
  }
}
